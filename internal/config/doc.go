// Package config reads what the program is told from outside: flags, which win
// over environment variables, which win over defaults. Secrets may come from
// files instead, and are not shown by any way of printing them.
//
// [Settings] is the one table of all settings; flags and the table in the
// README follow it.
package config
