# Fits one growth model by REML with lme4 and prints CPU seconds of the fit alone, then its figures.
# Arguments: a CSV with client, log_session, score, severity; "plain" or "severity"; an optimizer.
suppressMessages(library(lme4))
words <- commandArgs(trailingOnly = TRUE)
rows <- read.csv(words[1])
model <- if (words[2] == "plain") {
  score ~ log_session + (log_session | client)
} else {
  score ~ log_session * severity + (log_session | client)
}
control <- if (words[3] == "bobyqa") {
  lmerControl(optimizer = "bobyqa", calc.derivs = FALSE, optCtrl = list(rhoend = 1e-9))
} else {
  lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE)
}
before <- proc.time()
fitted <- lmer(model, rows, REML = TRUE, control = control)
spent <- proc.time() - before
covariances <- VarCorr(fitted)$client
figures <- c(
  fixef(fitted), covariances[1, 1], covariances[1, 2], covariances[2, 2], sigma(fitted)^2
)
cat(format(sum(spent[1:2]), digits = 6), "\n")
cat(format(figures, digits = 15), "\n")
cat(format(REMLcrit(fitted), digits = 15), "\n")
