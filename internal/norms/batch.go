package norms

// MaxBatch is how many things one batch changes at most.
const MaxBatch = 1000
