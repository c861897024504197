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
INSERT INTO "adjudication" VALUES('01a204bf-b779-748c-baec-c83104ad05dd','01a204bf-b753-7325-8be2-df3a72d93792',1,'lead','04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','{"killed":"3"}','','left','because','','2026-11-22 19:33:22.937926',0);
INSERT INTO "adjudication" VALUES('01a204bf-b77c-7bc2-a804-4f4217da38af','01a204bf-b753-7325-8be2-df3a72d93792',1,'lead','04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','{"killed":"4"}','','right','on second thoughts','','2026-11-22 19:33:22.940477',1);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
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
	candidate INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_answer_candidate_flag CHECK (candidate IN (0, 1)), 
	CONSTRAINT pk_answer PRIMARY KEY (coding_id, record, variable), 
	CONSTRAINT ck_answer_state_known CHECK ("state" IN ('stated', 'not_stated', 'unknown', 'not_applicable')), 
	CONSTRAINT ck_answer_unsure_flag CHECK (unsure IN (0, 1)), 
	CONSTRAINT ck_answer_inferred_flag CHECK (inferred IN (0, 1)), 
	CONSTRAINT fk_answer_coding_id FOREIGN KEY(coding_id) REFERENCES event (id)
)
 STRICT

;
INSERT INTO "answer" VALUES('01a204bf-b75f-79bc-b6d4-983a16971cd3','','killed','passage','stated','3',3,3,3,NULL,NULL,0,0,'',0);
INSERT INTO "answer" VALUES('01a204bf-b75f-79bc-b6d4-983a16971cd3','r1','cause','claim','stated','mine',NULL,NULL,NULL,NULL,NULL,0,1,'',0);
INSERT INTO "answer" VALUES('01a204bf-b766-767b-b38b-7a5b4c199d64','','killed','passage','stated','5',5,5,5,NULL,NULL,0,0,'',0);
INSERT INTO "answer" VALUES('01a204bf-b766-767b-b38b-7a5b4c199d64','r1','cause','claim','stated','mine',NULL,NULL,NULL,NULL,NULL,0,1,'',0);
INSERT INTO "answer" VALUES('01a204bf-b76a-79c5-9594-b29f1b4b0c44','','killed','passage','stated','3',3,3,3,NULL,NULL,0,0,'',0);
INSERT INTO "answer" VALUES('01a204bf-b76a-79c5-9594-b29f1b4b0c44','r1','cause','claim','stated','mine',NULL,NULL,NULL,NULL,NULL,0,1,'',0);
INSERT INTO "answer" VALUES('01a204bf-b76c-7ba1-b8a6-ea30fa0e43c1','','killed','passage','stated','4',4,4,4,NULL,NULL,0,0,'',0);
INSERT INTO "answer" VALUES('01a204bf-b76c-7ba1-b8a6-ea30fa0e43c1','r1','cause','claim','stated','mine',NULL,NULL,NULL,NULL,NULL,0,1,'',0);
INSERT INTO "answer" VALUES('01a204bf-b779-748c-baec-c83104ad05dd','','killed','passage','stated','3',3,3,3,NULL,NULL,0,0,'',0);
INSERT INTO "answer" VALUES('01a204bf-b77c-7bc2-a804-4f4217da38af','','killed','passage','stated','4',4,4,4,NULL,NULL,0,0,'',0);
CREATE TABLE assignment (
	id INTEGER NOT NULL, 
	round_id TEXT NOT NULL, 
	passage_id INTEGER NOT NULL, 
	coder TEXT NOT NULL, 
	ord INTEGER NOT NULL, 
	done INTEGER NOT NULL, 
	flagged INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_assignment_flagged_flag CHECK (flagged IN (0, 1)), 
	skipped TEXT DEFAULT '' NOT NULL CONSTRAINT ck_assignment_skipped_known CHECK ("skipped" IN ('', 'graphic', 'language', 'conflict', 'unreadable', 'other')), 
	skip_note TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_assignment PRIMARY KEY (id), 
	CONSTRAINT uq_assignment_round_id_passage_id_coder UNIQUE (round_id, passage_id, coder), 
	CONSTRAINT uq_assignment_round_id_coder_ord UNIQUE (round_id, coder, ord), 
	CONSTRAINT ck_assignment_done_flag CHECK (done IN (0, 1)), 
	CONSTRAINT fk_assignment_round_id FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_assignment_passage_id FOREIGN KEY(passage_id) REFERENCES passage (id)
)
 STRICT

;
INSERT INTO "assignment" VALUES(1,'01a204bf-b753-7325-8be2-df3a72d93792',1,'amal',1,1,1,'','');
INSERT INTO "assignment" VALUES(2,'01a204bf-b753-7325-8be2-df3a72d93792',2,'amal',2,0,0,'','');
INSERT INTO "assignment" VALUES(3,'01a204bf-b753-7325-8be2-df3a72d93792',3,'amal',3,0,0,'','');
INSERT INTO "assignment" VALUES(4,'01a204bf-b753-7325-8be2-df3a72d93792',4,'amal',4,0,0,'','');
INSERT INTO "assignment" VALUES(5,'01a204bf-b753-7325-8be2-df3a72d93792',5,'amal',5,0,0,'','');
INSERT INTO "assignment" VALUES(6,'01a204bf-b753-7325-8be2-df3a72d93792',6,'amal',6,0,0,'','');
INSERT INTO "assignment" VALUES(7,'01a204bf-b753-7325-8be2-df3a72d93792',1,'badr',1,1,0,'','');
INSERT INTO "assignment" VALUES(8,'01a204bf-b753-7325-8be2-df3a72d93792',2,'badr',2,0,0,'other','my cousin');
INSERT INTO "assignment" VALUES(9,'01a204bf-b753-7325-8be2-df3a72d93792',3,'badr',3,0,0,'','');
INSERT INTO "assignment" VALUES(10,'01a204bf-b753-7325-8be2-df3a72d93792',4,'badr',4,0,0,'','');
INSERT INTO "assignment" VALUES(11,'01a204bf-b753-7325-8be2-df3a72d93792',5,'badr',5,0,0,'','');
INSERT INTO "assignment" VALUES(12,'01a204bf-b753-7325-8be2-df3a72d93792',6,'badr',6,0,0,'','');
CREATE TABLE codebook_version (
	sha256 TEXT NOT NULL, 
	codebook_id TEXT NOT NULL, 
	version TEXT NOT NULL, 
	title TEXT NOT NULL, 
	source TEXT NOT NULL, 
	reading TEXT DEFAULT '' NOT NULL, 
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
','2:{"id":"small","version":"1.0.0","title":"A small codebook","units":[{"id":"passage","label":"Passage"},{"id":"claim","within":"passage","label":"Claim","none_reasons":[{"id":"nothing","label":"Nothing is claimed"}]}],"variables":[{"id":"perpetrator","question":"Who?","type":"codes","codes":[{"id":"army","label":"Army"},{"id":"militia","label":"Militia"},{"id":"isis","label":"ISIS"}]},{"id":"killed","question":"How many?","type":"count"},{"id":"day","question":"When?","type":"date"},{"id":"remark","question":"Anything else?","type":"text"},{"id":"cause","question":"How?","type":"code","unit":"claim","codes":[{"id":"shelling","label":"Shelling"},{"id":"mine","label":"Mine"}]},{"id":"victims","question":"How many?","type":"count","unit":"claim"}]}');
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
	note TEXT DEFAULT '' NOT NULL, 
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
INSERT INTO "coding" VALUES('01a204bf-b75f-79bc-b6d4-983a16971cd3','01a204bf-b753-7325-8be2-df3a72d93792',1,'amal',1,'04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"note":"read it again"}','','2026-11-22 19:33:22.911758',1.0,0,'read it again');
INSERT INTO "coding" VALUES('01a204bf-b766-767b-b38b-7a5b4c199d64','01a204bf-b753-7325-8be2-df3a72d93792',1,'amal',2,'04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":"5","note":"read it again"}','','2026-11-22 19:33:22.918621',2.0,1,'read it again');
INSERT INTO "coding" VALUES('01a204bf-b76a-79c5-9594-b29f1b4b0c44','01a204bf-b753-7325-8be2-df3a72d93792',1,'badr',1,'04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"note":"read it again"}','','2026-11-22 19:33:22.922682',1.0,0,'read it again');
INSERT INTO "coding" VALUES('01a204bf-b76c-7ba1-b8a6-ea30fa0e43c1','01a204bf-b753-7325-8be2-df3a72d93792',1,'badr',2,'04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":"4","note":"read it again"}','','2026-11-22 19:33:22.924618',2.0,1,'read it again');
CREATE TABLE counter (
	round_id TEXT NOT NULL, 
	coder TEXT NOT NULL, 
	assigned INTEGER NOT NULL, 
	done INTEGER NOT NULL, 
	skipped INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_counter PRIMARY KEY (round_id, coder), 
	CONSTRAINT fk_counter_round_id FOREIGN KEY(round_id) REFERENCES round (id)
)
 STRICT

;
INSERT INTO "counter" VALUES('01a204bf-b753-7325-8be2-df3a72d93792','amal',6,1,0);
INSERT INTO "counter" VALUES('01a204bf-b753-7325-8be2-df3a72d93792','badr',6,1,1);
CREATE TABLE device (
	id TEXT NOT NULL, 
	added_at TEXT NOT NULL, 
	CONSTRAINT pk_device PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "device" VALUES('70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa','2026-11-22 19:33:22.874761');
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
INSERT INTO "draft" VALUES(2,'amal','{"killed":"7"}',5.0,'2026-11-22 19:33:22.928838','2026-11-22 19:33:22.933939');
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
	CONSTRAINT ck_draft_step_kind_known CHECK ("kind" IN ('edit', 'submit', 'skip', 'flag')), 
	CONSTRAINT ck_draft_step_undone_flag CHECK (undone IN (0, 1)), 
	CONSTRAINT fk_draft_step_round_id FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_draft_step_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignment (id)
)
 STRICT

;
INSERT INTO "draft_step" VALUES(1,'amal','01a204bf-b753-7325-8be2-df3a72d93792',1,1,'submit','submit','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"note":"read it again"}','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"note":"read it again"}',0);
INSERT INTO "draft_step" VALUES(2,'amal','01a204bf-b753-7325-8be2-df3a72d93792',2,1,'submit','submit','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":"5","note":"read it again"}','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":"5","note":"read it again"}',0);
INSERT INTO "draft_step" VALUES(3,'amal','01a204bf-b753-7325-8be2-df3a72d93792',3,1,'flag','passage flagged','','1',0);
INSERT INTO "draft_step" VALUES(4,'badr','01a204bf-b753-7325-8be2-df3a72d93792',1,7,'submit','submit','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"note":"read it again"}','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"note":"read it again"}',0);
INSERT INTO "draft_step" VALUES(5,'badr','01a204bf-b753-7325-8be2-df3a72d93792',2,7,'submit','submit','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":"4","note":"read it again"}','{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":"4","note":"read it again"}',0);
INSERT INTO "draft_step" VALUES(6,'badr','01a204bf-b753-7325-8be2-df3a72d93792',3,8,'skip','passage skipped, other','','{"note":"my cousin","reason":"other"}',0);
INSERT INTO "draft_step" VALUES(7,'amal','01a204bf-b753-7325-8be2-df3a72d93792',4,2,'edit','x','{}','{"killed":"7"}',0);
INSERT INTO "draft_step" VALUES(8,'amal','01a204bf-b753-7325-8be2-df3a72d93792',5,2,'edit','y','{"killed":"7"}','{"killed":"8"}',1);
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
INSERT INTO "event" VALUES('01a204bf-b73a-74e7-9637-1d689f3e86e2','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',1,'2026-11-22 19:33:22.874761','lead','project_created','{"id":"3d4e32f6-d738-4b39-887c-5e3bbcdfdff2","name":"p3"}','','43bb6130d3da266df450ac820fe3d573189880355f7d3519282a348dbd1b6471');
INSERT INTO "event" VALUES('01a204bf-b73b-70d3-97d2-9411b0239328','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',2,'2026-11-22 19:33:22.874902','lead','codebook_adopted','{"codebook":"small","sha256":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","version":"1.0.0"}','43bb6130d3da266df450ac820fe3d573189880355f7d3519282a348dbd1b6471','3d90e1247eb973c785964e6193eb28e3d991be4e6f6fa88f50efcd0a290fb6f2');
INSERT INTO "event" VALUES('01a204bf-b74e-7fe2-acbc-6d019404fb63','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',3,'2026-11-22 19:33:22.894818','lead','reports_imported','{"file":"report-1.txt","normaliser":"1","reports":[["rbd313e1959ffe231e078","42417a6e44c12d0f74003802df3e5b76e976ee39a89c7f60f822989f3045381d",3]],"sha256":"42417a6e44c12d0f74003802df3e5b76e976ee39a89c7f60f822989f3045381d"}','3d90e1247eb973c785964e6193eb28e3d991be4e6f6fa88f50efcd0a290fb6f2','7d977f2cef1aa32ccaf3cd8924bf6d16460d59388f3391d496ff594293f97a5c');
INSERT INTO "event" VALUES('01a204bf-b750-7ced-a1f8-62ab4fb89320','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',4,'2026-11-22 19:33:22.896705','lead','reports_imported','{"file":"report-2.txt","normaliser":"1","reports":[["rd24d88e9824f89b46177","d556590efd4b0d3963e15631c058e57ecec66e76ea6ab557361478edde6c96f1",3]],"sha256":"d556590efd4b0d3963e15631c058e57ecec66e76ea6ab557361478edde6c96f1"}','7d977f2cef1aa32ccaf3cd8924bf6d16460d59388f3391d496ff594293f97a5c','a8719715cda044e2022d63a90c7d6855dcc59265e8bd08ab86a3970b38750d0f');
INSERT INTO "event" VALUES('01a204bf-b753-7325-8be2-df3a72d93792','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',5,'2026-11-22 19:33:22.899131','lead','round_opened','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coders":null,"name":"main","order":"reading","purpose":"main","seed":7}','a8719715cda044e2022d63a90c7d6855dcc59265e8bd08ab86a3970b38750d0f','d10dc0984978855c5b781c3cf959ba34dab85b9804c0de3f32f364eb7dca5985');
INSERT INTO "event" VALUES('01a204bf-b756-7935-8d01-0412d8b6e1b8','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',6,'2026-11-22 19:33:22.902908','lead','passages_assigned','{"coder":"amal","queue":[[0,1,3],[1,1,3]],"reports":["rbd313e1959ffe231e078","rd24d88e9824f89b46177"],"round":"01a204bf-b753-7325-8be2-df3a72d93792"}','d10dc0984978855c5b781c3cf959ba34dab85b9804c0de3f32f364eb7dca5985','8f5353f61d454c4d616ab1908b0b6aaa7ea41da176a9ecc7d75ceff6b18ca3be');
INSERT INTO "event" VALUES('01a204bf-b759-7ff4-8838-298a161b2e74','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',7,'2026-11-22 19:33:22.905657','lead','passages_assigned','{"coder":"badr","queue":[[0,1,3],[1,1,3]],"reports":["rbd313e1959ffe231e078","rd24d88e9824f89b46177"],"round":"01a204bf-b753-7325-8be2-df3a72d93792"}','8f5353f61d454c4d616ab1908b0b6aaa7ea41da176a9ecc7d75ceff6b18ca3be','0fecb9e786f7359579295e628cf0fa220936badd360728998e217e55a58c3b5a');
INSERT INTO "event" VALUES('01a204bf-b75f-79bc-b6d4-983a16971cd3','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',8,'2026-11-22 19:33:22.911769','amal','coding_submitted','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coder":"amal","coding":{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"note":"read it again"},"passage":1,"report":"rbd313e1959ffe231e078","revision":1,"round":"01a204bf-b753-7325-8be2-df3a72d93792","seconds":1.0,"submitted_at":"2026-11-22T19:33:22.911758+00:00"}','0fecb9e786f7359579295e628cf0fa220936badd360728998e217e55a58c3b5a','93a9248250562b1804d4312540315a13e71740e6380fd6361e7f7d9d619c49b0');
INSERT INTO "event" VALUES('01a204bf-b766-767b-b38b-7a5b4c199d64','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',9,'2026-11-22 19:33:22.918630','amal','coding_submitted','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coder":"amal","coding":{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":"5","note":"read it again"},"passage":1,"report":"rbd313e1959ffe231e078","revision":2,"round":"01a204bf-b753-7325-8be2-df3a72d93792","seconds":2.0,"submitted_at":"2026-11-22T19:33:22.918621+00:00"}','93a9248250562b1804d4312540315a13e71740e6380fd6361e7f7d9d619c49b0','e70db876ef02f297a723fbad05d3478edbc10d5fb102cfe04cf8bc9644cd5d49');
INSERT INTO "event" VALUES('01a204bf-b768-7808-b09d-2758d9b73cf2','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',10,'2026-11-22 19:33:22.920744','amal','passage_flagged','{"coder":"amal","flagged":true,"passage":1,"report":"rbd313e1959ffe231e078","round":"01a204bf-b753-7325-8be2-df3a72d93792"}','e70db876ef02f297a723fbad05d3478edbc10d5fb102cfe04cf8bc9644cd5d49','400deb482365dcc36ac8d12a774d93d493a9c3458a578b0eca7ecb9014809dc1');
INSERT INTO "event" VALUES('01a204bf-b76a-79c5-9594-b29f1b4b0c44','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',11,'2026-11-22 19:33:22.922689','badr','coding_submitted','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coder":"badr","coding":{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":{"evidence":[{"end":29,"start":23,"text":"shells"}],"value":"3"},"note":"read it again"},"passage":1,"report":"rbd313e1959ffe231e078","revision":1,"round":"01a204bf-b753-7325-8be2-df3a72d93792","seconds":1.0,"submitted_at":"2026-11-22T19:33:22.922682+00:00"}','400deb482365dcc36ac8d12a774d93d493a9c3458a578b0eca7ecb9014809dc1','fa13897553c7d178b852cb7d4c182580551e71ada7bc6f75d7b63e425244f5bc');
INSERT INTO "event" VALUES('01a204bf-b76c-7ba1-b8a6-ea30fa0e43c1','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',12,'2026-11-22 19:33:22.924625','badr','coding_submitted','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coder":"badr","coding":{"claim":[{"cause":{"inferred":true,"value":"mine"},"id":"r1"}],"killed":"4","note":"read it again"},"passage":1,"report":"rbd313e1959ffe231e078","revision":2,"round":"01a204bf-b753-7325-8be2-df3a72d93792","seconds":2.0,"submitted_at":"2026-11-22T19:33:22.924618+00:00"}','fa13897553c7d178b852cb7d4c182580551e71ada7bc6f75d7b63e425244f5bc','ac4cccd6976f3ebe16ec2c7fd01bc4af66aabfadf1abd1a30c64ec709124da97');
INSERT INTO "event" VALUES('01a204bf-b76e-7946-b03e-4335d7728e36','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',13,'2026-11-22 19:33:22.926715','badr','passage_skipped','{"coder":"badr","note":"my cousin","passage":2,"reason":"other","report":"rbd313e1959ffe231e078","round":"01a204bf-b753-7325-8be2-df3a72d93792"}','ac4cccd6976f3ebe16ec2c7fd01bc4af66aabfadf1abd1a30c64ec709124da97','541d1d60b56bb7b1d4ed92fe22435b5f8dffea031d1d498c8f0614713be5ffa7');
INSERT INTO "event" VALUES('01a204bf-b777-7bd0-8a07-b5f171a05cee','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',14,'2026-11-22 19:33:22.935376','lead','passages_tagged','{"queue":[[0,1,1]],"reports":["rbd313e1959ffe231e078"],"tag":"graphic","tagged":true}','541d1d60b56bb7b1d4ed92fe22435b5f8dffea031d1d498c8f0614713be5ffa7','e85b1855fe9940cd62e44954c6cbb6400c59f4199d2388680cadc0dd2921e12a');
INSERT INTO "event" VALUES('01a204bf-b779-748c-baec-c83104ad05dd','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',15,'2026-11-22 19:33:22.937926','lead','adjudicated','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coding":{"killed":"3"},"lead":"lead","note":"","outcome":"left","passage":1,"reason":"because","report":"rbd313e1959ffe231e078","round":"01a204bf-b753-7325-8be2-df3a72d93792"}','e85b1855fe9940cd62e44954c6cbb6400c59f4199d2388680cadc0dd2921e12a','b5704e61ce13479031271ff527bfe7aa2c22b99e63c112083e52dd6d6bb03467');
INSERT INTO "event" VALUES('01a204bf-b77c-7bc2-a804-4f4217da38af','70ceba8a-95a6-4bda-b8a3-3ebb9b2d6baa',16,'2026-11-22 19:33:22.940477','lead','adjudicated','{"codebook":"04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b","coding":{"killed":"4"},"lead":"lead","note":"","outcome":"right","passage":1,"reason":"on second thoughts","report":"rbd313e1959ffe231e078","round":"01a204bf-b753-7325-8be2-df3a72d93792"}','b5704e61ce13479031271ff527bfe7aa2c22b99e63c112083e52dd6d6bb03467','330181a35eb2acca4cdfb0dbcf8e8d13eaef364036caea757a55a3a3af0e8f14');
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
INSERT INTO "evidence" VALUES('01a204bf-b75f-79bc-b6d4-983a16971cd3','','killed',1,23,29,'shells');
INSERT INTO "evidence" VALUES('01a204bf-b76a-79c5-9594-b29f1b4b0c44','','killed',1,23,29,'shells');
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
INSERT INTO "passage" VALUES(4,2,1,0,58,'9939381deb82303b86150949135ec432157f433738c4c1711d21a858babea023');
INSERT INTO "passage" VALUES(5,2,2,60,118,'3d81988d32301ab7b057369cc6c9f86ec019bbc810c8a7603e8e5b8f42a6441a');
INSERT INTO "passage" VALUES(6,2,3,120,178,'12f499f8b9aa502aed682751714b07ba80d59797201df1faadd8496fcfc33433');
CREATE TABLE passage_tag (
	passage_id INTEGER NOT NULL, 
	tag TEXT NOT NULL, 
	CONSTRAINT pk_passage_tag PRIMARY KEY (passage_id, tag), 
	CONSTRAINT fk_passage_tag_passage_id FOREIGN KEY(passage_id) REFERENCES passage (id)
)
 STRICT

;
INSERT INTO "passage_tag" VALUES(1,'graphic');
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
INSERT INTO "place" VALUES('01a204bf-b753-7325-8be2-df3a72d93792','amal',2,'here',6);
INSERT INTO "place" VALUES('01a204bf-b753-7325-8be2-df3a72d93792','badr',9,'',4);
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
INSERT INTO "project" VALUES('3d4e32f6-d738-4b39-887c-5e3bbcdfdff2','p3','2026-11-22 19:33:22.874761','04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b');
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
INSERT INTO "record" VALUES('01a204bf-b75f-79bc-b6d4-983a16971cd3','r1','claim','',1);
INSERT INTO "record" VALUES('01a204bf-b766-767b-b38b-7a5b4c199d64','r1','claim','',1);
INSERT INTO "record" VALUES('01a204bf-b76a-79c5-9594-b29f1b4b0c44','r1','claim','',1);
INSERT INTO "record" VALUES('01a204bf-b76c-7ba1-b8a6-ea30fa0e43c1','r1','claim','',1);
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
INSERT INTO "report" VALUES(2,'rd24d88e9824f89b46177','report-2.txt',NULL,'A monitor','Headline of report-2.txt','2016-12-21','','Report 2, paragraph 1: shells killed 3 people in Tel Bara.

Report 2, paragraph 2: shells killed 4 people in Tel Bara.

Report 2, paragraph 3: shells killed 5 people in Tel Bara.','d556590efd4b0d3963e15631c058e57ecec66e76ea6ab557361478edde6c96f1','d556590efd4b0d3963e15631c058e57ecec66e76ea6ab557361478edde6c96f1','1','{}',2);
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
INSERT INTO "round" VALUES('01a204bf-b753-7325-8be2-df3a72d93792','main','main','04e4bfd1cc81f114cde6505a4e5c8d469ac825de46e0cfc69b11e15cdefd303b','reading',7,NULL,'open','2026-11-22 19:33:22.899131');
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
INSERT INTO "source_file" VALUES('d556590efd4b0d3963e15631c058e57ecec66e76ea6ab557361478edde6c96f1','report-2.txt',100,'utf-8');
CREATE INDEX ix_assignment_open ON assignment (round_id, coder, ord) WHERE done = 0 AND skipped = '';
CREATE INDEX ix_assignment_skipped ON assignment (round_id) WHERE skipped <> '';
CREATE INDEX ix_assignment_flagged ON assignment (round_id) WHERE flagged = 1;
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
CREATE TRIGGER coding_no_update BEFORE UPDATE OF id, round_id, passage_id, coder, revision, codebook_sha256, body, none, submitted_at, seconds, note ON coding BEGIN SELECT RAISE(ABORT, 'coding: what is written stays as it is'); END;
CREATE TRIGGER coding_no_delete BEFORE DELETE ON coding BEGIN SELECT RAISE(ABORT, 'coding: what is written stays as it is'); END;
CREATE TRIGGER adjudication_no_update BEFORE UPDATE OF id, round_id, passage_id, lead, codebook_sha256, body, none, outcome, reason, note, settled_at ON adjudication BEGIN SELECT RAISE(ABORT, 'adjudication: what is written stays as it is'); END;
CREATE TRIGGER adjudication_no_delete BEFORE DELETE ON adjudication BEGIN SELECT RAISE(ABORT, 'adjudication: what is written stays as it is'); END;
COMMIT;
