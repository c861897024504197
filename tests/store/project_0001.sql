BEGIN TRANSACTION;
CREATE TABLE adjudication (
	id TEXT NOT NULL, 
	round_id TEXT NOT NULL, 
	passage_id INTEGER NOT NULL, 
	lead TEXT NOT NULL, 
	codebook_sha256 TEXT NOT NULL, 
	body TEXT NOT NULL, 
	none TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	note TEXT NOT NULL, 
	settled_at TEXT NOT NULL, 
	latest INTEGER NOT NULL, 
	CONSTRAINT pk_adjudication PRIMARY KEY (id), 
	CONSTRAINT ck_adjudication_latest_flag CHECK (latest IN (0, 1)), 
	CONSTRAINT fk_adjudication_id FOREIGN KEY(id) REFERENCES event (id), 
	CONSTRAINT fk_adjudication_round_id FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_adjudication_passage_id FOREIGN KEY(passage_id) REFERENCES passage (id), 
	CONSTRAINT fk_adjudication_codebook_sha256 FOREIGN KEY(codebook_sha256) REFERENCES codebook_version (sha256)
)
 STRICT

;
INSERT INTO "adjudication" VALUES('01a20416-cf36-7595-878e-8ac6957fc488','01a20416-cf1d-70a1-b8c2-36f86951a6de',1,'lead','04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','{"killed":"3"}','','left','because','','2026-11-22 16:28:53.430209',1);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answer (
	coding_id TEXT NOT NULL, 
	record TEXT NOT NULL, 
	variable TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	state TEXT NOT NULL, 
	value TEXT, 
	low INTEGER, 
	best INTEGER, 
	high INTEGER, 
	date_start TEXT, 
	date_end TEXT, 
	unsure INTEGER NOT NULL, 
	inferred INTEGER NOT NULL, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_answer PRIMARY KEY (coding_id, record, variable), 
	CONSTRAINT ck_answer_state_known CHECK ("state" IN ('stated', 'not_stated', 'unknown', 'not_applicable')), 
	CONSTRAINT ck_answer_unsure_flag CHECK (unsure IN (0, 1)), 
	CONSTRAINT ck_answer_inferred_flag CHECK (inferred IN (0, 1)), 
	CONSTRAINT fk_answer_coding_id FOREIGN KEY(coding_id) REFERENCES event (id)
)
 STRICT

;
INSERT INTO "answer" VALUES('01a20416-cf2b-7ede-a5f2-1f02e3e36412','','killed','passage','stated','3',3,3,3,NULL,NULL,0,0,'');
INSERT INTO "answer" VALUES('01a20416-cf2b-7ede-a5f2-1f02e3e36412','r1','cause','claim','stated','mine',NULL,NULL,NULL,NULL,NULL,0,1,'');
INSERT INTO "answer" VALUES('01a20416-cf32-77ba-a1fb-d9ba1bc878f3','','killed','passage','stated','3',3,3,3,NULL,NULL,0,0,'');
INSERT INTO "answer" VALUES('01a20416-cf32-77ba-a1fb-d9ba1bc878f3','r1','cause','claim','stated','mine',NULL,NULL,NULL,NULL,NULL,0,1,'');
INSERT INTO "answer" VALUES('01a20416-cf36-7595-878e-8ac6957fc488','','killed','passage','stated','3',3,3,3,NULL,NULL,0,0,'');
CREATE TABLE assignment (
	id INTEGER NOT NULL, 
	round_id TEXT NOT NULL, 
	passage_id INTEGER NOT NULL, 
	coder TEXT NOT NULL, 
	ord INTEGER NOT NULL, 
	done INTEGER NOT NULL, 
	CONSTRAINT pk_assignment PRIMARY KEY (id), 
	CONSTRAINT uq_assignment_round_id_passage_id_coder UNIQUE (round_id, passage_id, coder), 
	CONSTRAINT uq_assignment_round_id_coder_ord UNIQUE (round_id, coder, ord), 
	CONSTRAINT ck_assignment_done_flag CHECK (done IN (0, 1)), 
	CONSTRAINT fk_assignment_round_id FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_assignment_passage_id FOREIGN KEY(passage_id) REFERENCES passage (id)
)
 STRICT

;
INSERT INTO "assignment" VALUES(1,'01a20416-cf1d-70a1-b8c2-36f86951a6de',1,'amal',1,1);
INSERT INTO "assignment" VALUES(2,'01a20416-cf1d-70a1-b8c2-36f86951a6de',2,'amal',2,0);
INSERT INTO "assignment" VALUES(3,'01a20416-cf1d-70a1-b8c2-36f86951a6de',3,'amal',3,0);
INSERT INTO "assignment" VALUES(4,'01a20416-cf1d-70a1-b8c2-36f86951a6de',1,'badr',1,1);
INSERT INTO "assignment" VALUES(5,'01a20416-cf1d-70a1-b8c2-36f86951a6de',2,'badr',2,0);
INSERT INTO "assignment" VALUES(6,'01a20416-cf1d-70a1-b8c2-36f86951a6de',3,'badr',3,0);
CREATE TABLE codebook_version (
	sha256 TEXT NOT NULL, 
	codebook_id TEXT NOT NULL, 
	version TEXT NOT NULL, 
	title TEXT NOT NULL, 
	source TEXT NOT NULL, 
	CONSTRAINT pk_codebook_version PRIMARY KEY (sha256)
)
 STRICT

;
INSERT INTO "codebook_version" VALUES('04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','small','1.0.0','A small codebook','codebook: small
version: 1.0.0
title: A small codebook
units:
  claim: {in: passage, none: [{id: nothing, label: Nothing is claimed}]}
variables:
  - id: perpetrator
    question: Who?
    type: codes
    codes: [{id: army, label: Army}, {id: militia, label: Militia}, {id: isis, label: ISIS}]
  - {id: killed, question: How many?, type: count}
  - {id: day, question: When?, type: date}
  - {id: remark, question: Anything else?, type: text}
  - id: cause
    unit: claim
    question: How?
    type: code
    codes: [{id: shelling, label: Shelling}, {id: mine, label: Mine}]
  - {id: victims, unit: claim, question: How many?, type: count}
');
CREATE TABLE coding (
	id TEXT NOT NULL, 
	round_id TEXT NOT NULL, 
	passage_id INTEGER NOT NULL, 
	coder TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	codebook_sha256 TEXT NOT NULL, 
	body TEXT NOT NULL, 
	none TEXT NOT NULL, 
	submitted_at TEXT NOT NULL, 
	seconds REAL NOT NULL, 
	latest INTEGER NOT NULL, 
	CONSTRAINT pk_coding PRIMARY KEY (id), 
	CONSTRAINT uq_coding_round_id_passage_id_coder_revision UNIQUE (round_id, passage_id, coder, revision), 
	CONSTRAINT ck_coding_revision_positive CHECK (revision >= 1), 
	CONSTRAINT ck_coding_latest_flag CHECK (latest IN (0, 1)), 
	CONSTRAINT fk_coding_id FOREIGN KEY(id) REFERENCES event (id), 
	CONSTRAINT fk_coding_round_id FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_coding_passage_id FOREIGN KEY(passage_id) REFERENCES passage (id), 
	CONSTRAINT fk_coding_codebook_sha256 FOREIGN KEY(codebook_sha256) REFERENCES codebook_version (sha256)
)
 STRICT

;
INSERT INTO "coding" VALUES('01a20416-cf2b-7ede-a5f2-1f02e3e36412','01a20416-cf1d-70a1-b8c2-36f86951a6de',1,'amal',1,'04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"overrides":[{"check":"W1","reason":"the text says so","record":"r1"}]}','','2026-11-22 16:28:53.419082',1.0,1);
INSERT INTO "coding" VALUES('01a20416-cf32-77ba-a1fb-d9ba1bc878f3','01a20416-cf1d-70a1-b8c2-36f86951a6de',1,'badr',1,'04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"overrides":[{"check":"W1","reason":"the text says so","record":"r1"}]}','','2026-11-22 16:28:53.425991',1.0,1);
CREATE TABLE counter (
	round_id TEXT NOT NULL, 
	coder TEXT NOT NULL, 
	assigned INTEGER NOT NULL, 
	done INTEGER NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (round_id, coder), 
	CONSTRAINT fk_counter_round_id FOREIGN KEY(round_id) REFERENCES round (id)
)
 STRICT

;
INSERT INTO "counter" VALUES('01a20416-cf1d-70a1-b8c2-36f86951a6de','amal',3,1);
INSERT INTO "counter" VALUES('01a20416-cf1d-70a1-b8c2-36f86951a6de','badr',3,1);
CREATE TABLE device (
	id TEXT NOT NULL, 
	added_at TEXT NOT NULL, 
	CONSTRAINT pk_device PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "device" VALUES('b88c1dd4-557b-4cc5-9a2c-fe4ade9fb50c','2026-11-22 16:28:53.391742');
CREATE TABLE draft (
	assignment_id INTEGER NOT NULL, 
	coder TEXT NOT NULL, 
	content TEXT NOT NULL, 
	seconds REAL NOT NULL, 
	opened_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (assignment_id), 
	CONSTRAINT fk_draft_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignment (id)
)
 STRICT

;
INSERT INTO "draft" VALUES(2,'amal','{"killed":"7"}',4.0,'2026-11-22 16:28:53.433406','2026-11-22 16:28:53.438305');
CREATE TABLE draft_step (
	id INTEGER NOT NULL, 
	coder TEXT NOT NULL, 
	round_id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	label TEXT NOT NULL, 
	"before" TEXT NOT NULL, 
	"after" TEXT NOT NULL, 
	undone INTEGER NOT NULL, 
	CONSTRAINT pk_draft_step PRIMARY KEY (id), 
	CONSTRAINT uq_draft_step_coder_round_id_seq UNIQUE (coder, round_id, seq), 
	CONSTRAINT ck_draft_step_kind_known CHECK ("kind" IN ('edit', 'submit')), 
	CONSTRAINT ck_draft_step_undone_flag CHECK (undone IN (0, 1)), 
	CONSTRAINT fk_draft_step_round_id FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_draft_step_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignment (id)
)
 STRICT

;
INSERT INTO "draft_step" VALUES(1,'amal','01a20416-cf1d-70a1-b8c2-36f86951a6de',1,1,'submit','submit','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"overrides":[{"check":"W1","reason":"the text says so","record":"r1"}]}','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"overrides":[{"check":"W1","reason":"the text says so","record":"r1"}]}',0);
INSERT INTO "draft_step" VALUES(2,'badr','01a20416-cf1d-70a1-b8c2-36f86951a6de',1,4,'submit','submit','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"overrides":[{"check":"W1","reason":"the text says so","record":"r1"}]}','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"overrides":[{"check":"W1","reason":"the text says so","record":"r1"}]}',0);
INSERT INTO "draft_step" VALUES(3,'amal','01a20416-cf1d-70a1-b8c2-36f86951a6de',2,2,'edit','Killed','{}','{"killed":"7"}',0);
INSERT INTO "draft_step" VALUES(4,'amal','01a20416-cf1d-70a1-b8c2-36f86951a6de',3,2,'edit','Killed','{"killed":"7"}','{"killed":"8"}',1);
CREATE TABLE event (
	id TEXT NOT NULL, 
	device TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	body TEXT NOT NULL, 
	prev TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (id), 
	CONSTRAINT uq_event_device_seq UNIQUE (device, seq), 
	CONSTRAINT ck_event_seq_positive CHECK (seq >= 1), 
	CONSTRAINT fk_event_device FOREIGN KEY(device) REFERENCES device (id)
)
 STRICT

;
INSERT INTO "event" VALUES('01a20416-cf0f-72e7-9aa5-f15baa3a980b','b88c1dd4-557b-4cc5-9a2c-fe4ade9fb50c',1,'2026-11-22 16:28:53.391742','lead','project_created','{"id":"f784c522-fd4e-45e2-971b-c503695846dc","name":"p"}','','99f820d6fc930f064adc0de8f5d7ad2d35aa8f787b259429b1b63039c008684e');
INSERT INTO "event" VALUES('01a20416-cf10-79fc-8528-4809ac199348','b88c1dd4-557b-4cc5-9a2c-fe4ade9fb50c',2,'2026-11-22 16:28:53.391837','lead','codebook_adopted','{"codebook":"small","sha256":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","version":"1.0.0"}','99f820d6fc930f064adc0de8f5d7ad2d35aa8f787b259429b1b63039c008684e','ff4808d7092d1819b0d06e919332d434b0b5cc88fce40081b8667a020987d17b');
INSERT INTO "event" VALUES('01a20416-cf1a-7167-8342-1416cfb03fcd','b88c1dd4-557b-4cc5-9a2c-fe4ade9fb50c',3,'2026-11-22 16:28:53.402005','lead','reports_imported','{"file":"report-1.txt","normaliser":"1","reports":[["rbd313e1959ffe231e078","42417a6e44c12d0f74003802df3e5b76e976ee39a89c7f60f822989f3045381d",3]],"sha256":"42417a6e44c12d0f74003802df3e5b76e976ee39a89c7f60f822989f3045381d"}','ff4808d7092d1819b0d06e919332d434b0b5cc88fce40081b8667a020987d17b','86e462f8d046af85a0799e8a36f96bc03bc60baa1e05a5d8a6cebbc819d0bfb9');
INSERT INTO "event" VALUES('01a20416-cf1d-70a1-b8c2-36f86951a6de','b88c1dd4-557b-4cc5-9a2c-fe4ade9fb50c',4,'2026-11-22 16:28:53.405308','lead','round_opened','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coders":null,"name":"main","order":"reading","purpose":"main","seed":7}','86e462f8d046af85a0799e8a36f96bc03bc60baa1e05a5d8a6cebbc819d0bfb9','d7deb449bead9d2eb48ee643603809b41bb733397bd072d791d618275e2387fc');
INSERT INTO "event" VALUES('01a20416-cf21-7f07-9f3f-0a0d8f77bf8f','b88c1dd4-557b-4cc5-9a2c-fe4ade9fb50c',5,'2026-11-22 16:28:53.409795','lead','passages_assigned','{"coder":"amal","queue":[[0,1,3]],"reports":["rbd313e1959ffe231e078"],"round":"01a20416-cf1d-70a1-b8c2-36f86951a6de"}','d7deb449bead9d2eb48ee643603809b41bb733397bd072d791d618275e2387fc','dc6d208cfba73fc19fca51d3e81e9ba7ecb59fe793b99e2f5e8ae6f473d6b069');
INSERT INTO "event" VALUES('01a20416-cf24-74d4-8448-af7367549f7e','b88c1dd4-557b-4cc5-9a2c-fe4ade9fb50c',6,'2026-11-22 16:28:53.412269','lead','passages_assigned','{"coder":"badr","queue":[[0,1,3]],"reports":["rbd313e1959ffe231e078"],"round":"01a20416-cf1d-70a1-b8c2-36f86951a6de"}','dc6d208cfba73fc19fca51d3e81e9ba7ecb59fe793b99e2f5e8ae6f473d6b069','7215a2d3bf5d1efd2edc06f099c43da5131ec47974f7766b9d65c05c012efd3e');
INSERT INTO "event" VALUES('01a20416-cf2b-7ede-a5f2-1f02e3e36412','b88c1dd4-557b-4cc5-9a2c-fe4ade9fb50c',7,'2026-11-22 16:28:53.419090','amal','coding_submitted','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coder":"amal","coding":{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"overrides":[{"check":"W1","reason":"the text says so","record":"r1"}]},"passage":1,"report":"rbd313e1959ffe231e078","revision":1,"round":"01a20416-cf1d-70a1-b8c2-36f86951a6de","seconds":1.0,"submitted_at":"2026-11-22T16:28:53.419082+00:00"}','7215a2d3bf5d1efd2edc06f099c43da5131ec47974f7766b9d65c05c012efd3e','b1db514c16fefd0ada5830f5f2aedaa706c3eb8ca0506b9931c8e3ac6922d40e');
INSERT INTO "event" VALUES('01a20416-cf32-77ba-a1fb-d9ba1bc878f3','b88c1dd4-557b-4cc5-9a2c-fe4ade9fb50c',8,'2026-11-22 16:28:53.425999','badr','coding_submitted','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coder":"badr","coding":{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"overrides":[{"check":"W1","reason":"the text says so","record":"r1"}]},"passage":1,"report":"rbd313e1959ffe231e078","revision":1,"round":"01a20416-cf1d-70a1-b8c2-36f86951a6de","seconds":1.0,"submitted_at":"2026-11-22T16:28:53.425991+00:00"}','b1db514c16fefd0ada5830f5f2aedaa706c3eb8ca0506b9931c8e3ac6922d40e','8faed2905f1bd3b80fb62664db0dcd03e82445c31a7607554e6426636cb5550d');
INSERT INTO "event" VALUES('01a20416-cf36-7595-878e-8ac6957fc488','b88c1dd4-557b-4cc5-9a2c-fe4ade9fb50c',9,'2026-11-22 16:28:53.430209','lead','adjudicated','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coding":{"killed":"3"},"lead":"lead","note":"","outcome":"left","passage":1,"reason":"because","report":"rbd313e1959ffe231e078","round":"01a20416-cf1d-70a1-b8c2-36f86951a6de"}','8faed2905f1bd3b80fb62664db0dcd03e82445c31a7607554e6426636cb5550d','d8b8da0fab385d2105a89469da89266f01ef57ba3b62f34a8fe8906683469529');
CREATE TABLE evidence (
	coding_id TEXT NOT NULL, 
	record TEXT NOT NULL, 
	variable TEXT NOT NULL, 
	ord INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	exact TEXT NOT NULL, 
	CONSTRAINT pk_evidence PRIMARY KEY (coding_id, record, variable, ord), 
	CONSTRAINT ck_evidence_bounds CHECK (start >= 0 AND "end" > start), 
	CONSTRAINT fk_evidence_coding_id FOREIGN KEY(coding_id) REFERENCES event (id)
)
 STRICT

;
INSERT INTO "evidence" VALUES('01a20416-cf2b-7ede-a5f2-1f02e3e36412','','killed',1,23,29,'shells');
INSERT INTO "evidence" VALUES('01a20416-cf32-77ba-a1fb-d9ba1bc878f3','','killed',1,23,29,'shells');
CREATE TABLE override (
	coding_id TEXT NOT NULL, 
	record TEXT NOT NULL, 
	check_id TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_override PRIMARY KEY (coding_id, record, check_id), 
	CONSTRAINT fk_override_coding_id FOREIGN KEY(coding_id) REFERENCES event (id)
)
 STRICT

;
INSERT INTO "override" VALUES('01a20416-cf2b-7ede-a5f2-1f02e3e36412','r1','W1','the text says so');
INSERT INTO "override" VALUES('01a20416-cf32-77ba-a1fb-d9ba1bc878f3','r1','W1','the text says so');
CREATE TABLE passage (
	id INTEGER NOT NULL, 
	report_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	CONSTRAINT pk_passage PRIMARY KEY (id), 
	CONSTRAINT uq_passage_report_id_number UNIQUE (report_id, number), 
	CONSTRAINT ck_passage_bounds CHECK (number >= 1 AND start >= 0 AND "end" > start), 
	CONSTRAINT fk_passage_report_id FOREIGN KEY(report_id) REFERENCES report (id)
)
 STRICT

;
INSERT INTO "passage" VALUES(1,1,1,0,58,'5d910189b0792f1c9fa2b759840b29b1ff6eb83274fcb84bed71a58a45d8e47d');
INSERT INTO "passage" VALUES(2,1,2,60,118,'32f716262d6ac71ef2a2dc8167c5f5c8353b575926f720525ca4f3ce09208132');
INSERT INTO "passage" VALUES(3,1,3,120,178,'4549198264bc320111650c017d82f9baf1f191df48f6af41c0d1fa292b29ca00');
CREATE TABLE place (
	round_id TEXT NOT NULL, 
	coder TEXT NOT NULL, 
	assignment_id INTEGER NOT NULL, 
	focus TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_place PRIMARY KEY (round_id, coder), 
	CONSTRAINT fk_place_round_id FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_place_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignment (id)
)
 STRICT

;
INSERT INTO "place" VALUES('01a20416-cf1d-70a1-b8c2-36f86951a6de','amal',2,'{}',4);
INSERT INTO "place" VALUES('01a20416-cf1d-70a1-b8c2-36f86951a6de','badr',5,'',1);
CREATE TABLE project (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	codebook_sha256 TEXT NOT NULL, 
	CONSTRAINT pk_project PRIMARY KEY (id), 
	CONSTRAINT fk_project_codebook_sha256 FOREIGN KEY(codebook_sha256) REFERENCES codebook_version (sha256)
)
 STRICT

;
INSERT INTO "project" VALUES('f784c522-fd4e-45e2-971b-c503695846dc','p','2026-11-22 16:28:53.391742','04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b');
CREATE TABLE record (
	coding_id TEXT NOT NULL, 
	record TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	parent TEXT NOT NULL, 
	ord INTEGER NOT NULL, 
	CONSTRAINT pk_record PRIMARY KEY (coding_id, record), 
	CONSTRAINT fk_record_coding_id FOREIGN KEY(coding_id) REFERENCES event (id)
)
 STRICT

;
INSERT INTO "record" VALUES('01a20416-cf2b-7ede-a5f2-1f02e3e36412','r1','claim','',1);
INSERT INTO "record" VALUES('01a20416-cf32-77ba-a1fb-d9ba1bc878f3','r1','claim','',1);
CREATE TABLE report (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	"row" INTEGER, 
	publisher TEXT NOT NULL, 
	headline TEXT NOT NULL, 
	date TEXT NOT NULL, 
	language TEXT NOT NULL, 
	text TEXT NOT NULL, 
	text_sha256 TEXT NOT NULL, 
	source_sha256 TEXT NOT NULL, 
	normaliser TEXT NOT NULL, 
	meta TEXT NOT NULL, 
	ord INTEGER NOT NULL, 
	CONSTRAINT pk_report PRIMARY KEY (id), 
	CONSTRAINT uq_report_key UNIQUE ("key"), 
	CONSTRAINT uq_report_ord UNIQUE (ord), 
	CONSTRAINT fk_report_source_sha256 FOREIGN KEY(source_sha256) REFERENCES source_file (sha256)
)
 STRICT

;
INSERT INTO "report" VALUES(1,'rbd313e1959ffe231e078','report-1.txt',NULL,'A monitor','Headline of report-1.txt','2016-12-21','','Report 1, paragraph 1: shells killed 3 people in Tel Bara.

Report 1, paragraph 2: shells killed 4 people in Tel Bara.

Report 1, paragraph 3: shells killed 5 people in Tel Bara.','42417a6e44c12d0f74003802df3e5b76e976ee39a89c7f60f822989f3045381d','42417a6e44c12d0f74003802df3e5b76e976ee39a89c7f60f822989f3045381d','1','{}',1);
CREATE TABLE round (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	codebook_sha256 TEXT NOT NULL, 
	"order" TEXT NOT NULL, 
	seed INTEGER NOT NULL, 
	coders TEXT, 
	state TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	CONSTRAINT pk_round PRIMARY KEY (id), 
	CONSTRAINT uq_round_name UNIQUE (name), 
	CONSTRAINT ck_round_purpose_known CHECK ("purpose" IN ('training', 'pilot', 'main', 'recode')), 
	CONSTRAINT ck_round_order_known CHECK ("order" IN ('reading', 'random')), 
	CONSTRAINT ck_round_state_known CHECK ("state" IN ('open', 'closed')), 
	CONSTRAINT fk_round_codebook_sha256 FOREIGN KEY(codebook_sha256) REFERENCES codebook_version (sha256)
)
 STRICT

;
INSERT INTO "round" VALUES('01a20416-cf1d-70a1-b8c2-36f86951a6de','main','main','04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','reading',7,NULL,'open','2026-11-22 16:28:53.405308');
CREATE TABLE source_file (
	sha256 TEXT NOT NULL, 
	name TEXT NOT NULL, 
	bytes INTEGER NOT NULL, 
	encoding TEXT NOT NULL, 
	CONSTRAINT pk_source_file PRIMARY KEY (sha256)
)
 STRICT

;
INSERT INTO "source_file" VALUES('42417a6e44c12d0f74003802df3e5b76e976ee39a89c7f60f822989f3045381d','report-1.txt',100,'utf-8');
CREATE INDEX ix_assignment_open ON assignment (round_id, coder, ord) WHERE done = 0;
CREATE INDEX ix_coding_coder_round_id ON coding (coder, round_id);
CREATE INDEX ix_adjudication_round_id_passage_id ON adjudication (round_id, passage_id);
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event: what is written stays as it is'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event: what is written stays as it is'); END;
CREATE TRIGGER codebook_version_no_update BEFORE UPDATE ON codebook_version BEGIN SELECT RAISE(ABORT, 'codebook_version: what is written stays as it is'); END;
CREATE TRIGGER codebook_version_no_delete BEFORE DELETE ON codebook_version BEGIN SELECT RAISE(ABORT, 'codebook_version: what is written stays as it is'); END;
CREATE TRIGGER source_file_no_update BEFORE UPDATE ON source_file BEGIN SELECT RAISE(ABORT, 'source_file: what is written stays as it is'); END;
CREATE TRIGGER source_file_no_delete BEFORE DELETE ON source_file BEGIN SELECT RAISE(ABORT, 'source_file: what is written stays as it is'); END;
CREATE TRIGGER report_no_update BEFORE UPDATE ON report BEGIN SELECT RAISE(ABORT, 'report: what is written stays as it is'); END;
CREATE TRIGGER report_no_delete BEFORE DELETE ON report BEGIN SELECT RAISE(ABORT, 'report: what is written stays as it is'); END;
CREATE TRIGGER passage_no_update BEFORE UPDATE ON passage BEGIN SELECT RAISE(ABORT, 'passage: what is written stays as it is'); END;
CREATE TRIGGER passage_no_delete BEFORE DELETE ON passage BEGIN SELECT RAISE(ABORT, 'passage: what is written stays as it is'); END;
CREATE TRIGGER coding_no_update BEFORE UPDATE OF id, round_id, passage_id, coder, revision, codebook_sha256, body, none, submitted_at, seconds ON coding BEGIN SELECT RAISE(ABORT, 'coding: what is written stays as it is'); END;
CREATE TRIGGER coding_no_delete BEFORE DELETE ON coding BEGIN SELECT RAISE(ABORT, 'coding: what is written stays as it is'); END;
CREATE TRIGGER adjudication_no_update BEFORE UPDATE OF id, round_id, passage_id, lead, codebook_sha256, body, none, outcome, reason, note, settled_at ON adjudication BEGIN SELECT RAISE(ABORT, 'adjudication: what is written stays as it is'); END;
CREATE TRIGGER adjudication_no_delete BEFORE DELETE ON adjudication BEGIN SELECT RAISE(ABORT, 'adjudication: what is written stays as it is'); END;
COMMIT;
