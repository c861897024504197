# Records what the R package irrCAC computes on its own tables under all its weights, so that the tests
# can compare without R. Run in this folder: Rscript make_irrcac_values.R > irrcac_values.json
suppressPackageStartupMessages(library(irrCAC))

WEIGHTS <- c("identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar")
RAW <- list(
  alpha = krippen.alpha.raw, percent_agreement = pa.coeff.raw, conger_kappa = conger.kappa.raw,
  fleiss_kappa = fleiss.kappa.raw, gwet_ac = gwet.ac1.raw, brennan_prediger = bp.coeff.raw
)
TABLE <- list(
  alpha = krippen2.table, percent_agreement = pa2.table, cohen_kappa = kappa2.table,
  scott_pi = scott2.table, gwet_ac = gwet.ac1.table, brennan_prediger = bp2.table
)

# A rating that is a letter becomes its place in the alphabet, which is how irrCAC weighs it.
as_numbers <- function(ratings) {
  ratings <- as.matrix(ratings)
  if (is.numeric(ratings)) return(ratings)
  text <- toupper(trimws(ratings))
  text[text == "" | text == "."] <- NA
  matrix(match(text, LETTERS), nrow(text))
}

number <- function(x) ifelse(is.na(x), "null", formatC(as.numeric(x), digits = 9, format = "g"))

rows_of <- function(ratings) {
  rows <- apply(ratings, 1, function(row) paste0("[", paste(number(row), collapse = ", "), "]"))
  paste0("[", paste(rows, collapse = ", "), "]")
}

case <- function(name, ratings, values_under) {
  lines <- sapply(WEIGHTS, function(weights) {
    found <- values_under(weights)
    values <- paste0('"', names(found), '": [', sapply(found, paste, collapse = ", "), "]")
    paste0('     "', weights, '": {', paste(values, collapse = ", "), "}")
  })
  paste0(
    '  {"name": "', name, '",\n   "ratings": ', rows_of(ratings), ',\n   "values": {\n',
    paste(lines, collapse = ",\n"), "}}"
  )
}

raw_case <- function(name, data) {
  ratings <- as_numbers(data)
  frame <- as.data.frame(ratings)
  case(name, ratings, function(weights) lapply(RAW, function(coefficient) {
    # With a category 0, ratio weights divide by nought.
    if (weights == "ratio" && any(ratings == 0, na.rm = TRUE)) return(c("null", "null"))
    named <- if (weights == "identity") "unweighted" else weights
    estimate <- coefficient(frame, weights = named)$est
    number(c(estimate$coeff.val, estimate$coeff.se))
  }))
}

table_case <- function(name, table) {
  table <- as.matrix(table)
  places <- which(table > 0, arr.ind = TRUE)
  places <- places[order(places[, 1], places[, 2]), ]
  ratings <- places[rep(seq_len(nrow(places)), table[places]), ]
  dimnames(ratings) <- NULL
  case(name, ratings, function(weights) lapply(TABLE, function(coefficient) {
    matrix_of <- get(paste0(weights, ".weights"))
    estimate <- coefficient(table, weights = matrix_of(seq_len(nrow(table))))
    number(c(estimate$coeff.val, estimate$coeff.se))
  }))
}

cases <- c(
  raw_case("cac.raw4raters", cac.raw4raters),
  raw_case("cac.raw5obser", cac.raw5obser),
  raw_case("cac.raw.g1g2", cac.raw.g1g2[, -(1:2)]),
  raw_case("cac.raw.gender", cac.raw.gender[, -1]),
  raw_case("cac.ben.gerry", cac.ben.gerry[, c("Ben", "Gerry")]),
  raw_case("cac.raw2raters", cac.raw2raters),
  raw_case("x.raw10x4", x.raw10x4[, -1]),
  table_case("cont3x3abstractors", cont3x3abstractors),
  table_case("cont4x4diagnosis", cont4x4diagnosis)
)
version <- paste("irrCAC", packageVersion("irrCAC"))
cat("{\"made_by\": \"", version, ", ", R.version.string, "\",\n \"cases\": [\n", sep = "")
cat(paste(cases, collapse = ",\n"), "\n ]}\n", sep = "")
