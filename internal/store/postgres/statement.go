package postgres

import (
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// timed is a statement, or a batch of them, under way.
type timed struct {
	since time.Time
	ran   []statement
	err   error
}

// statement is one that was run.
type statement struct {
	sql  string
	args []any
	rows int64
}

// attrs are what the log says of it.
func (s statement) attrs() []slog.Attr {
	return []slog.Attr{slog.String("statement", words(s.sql)), slog.Int64("rows", s.rows), slog.Any("arguments", kinds(s.args))}
}

// mostCandidates bounds what is planned of one batch.
const mostCandidates = 12

// candidates are the statements that may have taken the time, each text once;
// where there is none, the one that came first.
func (r timed) candidates() (all []statement) {
	for _, s := range r.ran {
		at := slices.IndexFunc(all, func(c statement) bool { return c.sql == s.sql })
		switch {
		case at >= 0:
			all[at].rows += s.rows
		case planable(s.sql) && len(all) < mostCandidates:
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return r.ran[:1]
	}
	return all
}

func texts(all []statement) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = words(s.sql)
	}
	return out
}

// kept are arguments that the caller cannot change any more.
func kept(args []any) []any {
	args = slices.Clone(args)
	for i, a := range args {
		if named, ok := a.(pgx.StrictNamedArgs); ok {
			args[i] = maps.Clone(named)
		}
	}
	return args
}

// planable tells statements that have a plan worth looking at from those that
// begin, set or end.
func planable(sql string) bool {
	if strings.HasPrefix(sql, "select set_config(") {
		return false
	}
	first, _, _ := strings.Cut(strings.TrimSpace(sql), " ")
	first, _, _ = strings.Cut(first, "\n")
	return slices.Contains([]string{"select", "with", "insert", "update", "delete", "values"}, strings.ToLower(first))
}

// words are the first of a statement, on one line.
func words(sql string) string {
	line := strings.Join(strings.Fields(sql), " ")
	if len(line) <= firstWords {
		return line
	}
	return strings.ToValidUTF8(line[:firstWords], "") + "…"
}

// kinds are the types of arguments, by name where they have one.
func kinds(args []any) []string {
	out := []string{}
	for _, a := range args {
		switch a := a.(type) {
		case pgx.StrictNamedArgs:
			for name, v := range a {
				out = append(out, fmt.Sprintf("%s %T", name, v))
			}
		case pgx.QueryExecMode, pgx.QueryResultFormats:
		default:
			out = append(out, fmt.Sprintf("%T", a))
		}
	}
	slices.Sort(out)
	return out
}
