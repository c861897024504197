# Records what the R package irr computes on its own tables and on random ones, so that the tests can
# compare without R. Run in this folder: Rscript make_irr_values.R > irr_values.json
suppressPackageStartupMessages(library(irr))

number <- function(x) ifelse(is.na(x), "null", formatC(x, digits = 15, format = "g"))

table_of <- function(ratings) {
  rows <- apply(ratings, 1, function(row) paste0("[", paste(number(row), collapse = ", "), "]"))
  paste0("[", paste(rows, collapse = ", "), "]")
}

# irr drops every subject with a gap, but in kripp.alpha.
values_of <- function(ratings) {
  full <- na.omit(ratings)
  values <- list()
  for (method in c("nominal", "ordinal", "interval", "ratio"))
    values[[paste0("alpha_", method)]] <- kripp.alpha(t(ratings), method)$value
  values$fleiss_kappa <- kappam.fleiss(full)$value
  values$conger_kappa <- kappam.fleiss(full, exact = TRUE)$value
  values$light_kappa <- kappam.light(full)$value
  two <- full[, 1:2]
  values$cohen_kappa <- kappa2(two, "unweighted")$value
  values$cohen_kappa_linear <- kappa2(two, "equal")$value
  values$cohen_kappa_quadratic <- kappa2(two, "squared")$value
  values
}

case <- function(name, ratings) {
  ratings <- as.matrix(ratings)
  dimnames(ratings) <- NULL
  values <- values_of(ratings)
  pairs <- paste0('"', names(values), '": ', number(unlist(values)))
  paste0(
    '  {"name": "', name, '",\n   "ratings": ', table_of(ratings),
    ',\n   "values": {', paste(pairs, collapse = ", "), "}}"
  )
}

random_ratings <- function(seed) {
  set.seed(seed)
  subjects <- sample(12:25, 1)
  raters <- sample(3:5, 1)
  categories <- sample(3:5, 1)
  truth <- sample(categories, subjects, replace = TRUE)
  guesses <- matrix(sample(categories, subjects * raters, replace = TRUE), subjects)
  ratings <- ifelse(matrix(runif(subjects * raters) < 0.6, subjects), truth, guesses)
  ratings[runif(length(ratings)) < 0.08] <- NA
  # irr weighs categories by their rank among those in use: all must be in use by the first two.
  ratings[seq_len(categories), 1:2] <- seq_len(categories)
  ratings
}

data(anxiety, video, vision, diagnoses)
as_numbers <- function(frame) sapply(frame, function(column) as.integer(column))
cases <- c(
  case("anxiety", anxiety),
  case("video", video),
  case("diagnoses", as_numbers(diagnoses)),
  sapply(1:12, function(seed) case(paste0("random-", seed), random_ratings(seed)))
)
cat("{\"made_by\": \"irr ", as.character(packageVersion("irr")), ", ", R.version.string, "\",\n", sep = "")
cat(" \"cases\": [\n", paste(cases, collapse = ",\n"), "\n ]}\n", sep = "")
