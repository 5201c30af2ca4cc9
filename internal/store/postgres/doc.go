// Package postgres is how the store talks to its database, whatever about.
//
// A [DB] is what statements run on: a pool ([Open]), a transaction
// ([InTransaction], [BeginReading]), a connection that saves round trips
// ([Pipelined]), or the record as it was ([InPast]). Rows are read into structs
// ([Collect], [Asking]), lists page by page ([ReadPage]). What the database
// refuses becomes words by the name of the constraint ([Failure]), and what
// takes long is written into the log with its plan ([SlowLog]).
package postgres
