package history

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/naming"
	"normmap/internal/store/postgres"
)

// Kinds lists the kinds of rows that changesets write, a thing before its
// parts.
func Kinds() []string { return slices.Clone(TrackedKinds) }

// SpanAsked turns the questions about the record into revisions. Nothing asked
// is the whole record, and so is a moment before it began; since and until are
// null when there is no such revision.
const SpanAsked = `
with recursive span as (
  select
    case
      when @since_rev::bigint > 0 then (select id from changeset where id = @since_rev)
      when @since_at::timestamptz is not null then coalesce((select max(id) from changeset where at <= @since_at), 0)
      else 0
    end as since,
    case
      when @until_rev::bigint > 0 then (select id from changeset where id = @until_rev)
      when @until_at::timestamptz is not null then (select max(id) from changeset where at <= @until_at)
      else coalesce((select max(id) from changeset), 0)
    end as until
)`

// matchingChangesets go on from the span. Revisions have no gaps, so counting
// them needs no look at them, unless a person is asked for.
const matchingChangesets = `,
matching as not materialized (
  select c.id
  from span
  join changeset c on c.id > span.since and c.id <= span.until
  left join account a on a.id = c.account_id
  where (@by = '' or lower(coalesce(a.name, 'seed files')) = lower(@by))`

// someChangesets ends the statement: how many match, and which of them are on
// the page. They are chosen by the key alone, since the list grows for ever.
const someChangesets = `
)
select span.since, span.until,
  %s as things, %s as name,
  %s as total,
  array(select id from matching where id < @before or @before = 0 order by id desc limit @limit) as ids
from span`

// Touching lists the revisions within the span that began or ended a version
// of a row, of the kind @kind or any; within a scope unless that is "".
func Touching(name, scope string) string {
	parts := make([]string, len(TrackedKinds))
	for i, kind := range TrackedKinds {
		within := ""
		if scope != "" {
			within = " and h.id in (select id from " + scope + " where kind = '" + kind + "')"
		}
		parts[i] = fmt.Sprintf(`
  select h.since_rev as rev from span join history.%[1]s h on h.since_rev > span.since and h.since_rev <= span.until
  where @kind in ('', '%[1]s')%[2]s
  union select h.until_rev from span join history.%[1]s h on h.until_rev > span.since and h.until_rev <= span.until and h.until_rev < 9223372036854775807
  where @kind in ('', '%[1]s')%[2]s`, kind, within)
	}
	return ",\n" + name + " as materialized (" + strings.Join(parts, "\n  union") + "\n)"
}

// The statements of the list: of everything, of rows of one kind, and of what
// belongs to a thing.
var (
	everyChangeset = SpanAsked + matchingChangesets + fmt.Sprintf(someChangesets, "'{}'::bigint[]", "''",
		"case when @by = '' then greatest(span.until - span.since, 0) else (select count(*) from matching) end")
	changesetsOfKind  = changesetsTouching("", "", "'{}'::bigint[]", "''")
	changesetsOfThing = EachThing(func(kind string) string {
		return changesetsTouching(","+ThingAsked(kind, "@upto")+","+Belonging[kind], "scope",
			"array(select id from thing order by id)", "coalesce((select min(name) from thing), '')")
	})
)

func changesetsTouching(with, scope, things, name string) string {
	return SpanAsked + with + Touching("touching", scope) + matchingChangesets + " and c.id in (select rev from touching)" +
		fmt.Sprintf(someChangesets, things, name, "(select count(*) from matching)")
}

// Statements are of one kind each, and written when the first of that kind is
// run: they are long, and every start of the program would wait for them.
type Statements map[string]func() string

// Of is the statement for a kind, "" for one that has none.
func (s Statements) Of(kind string) string {
	write, ok := s[kind]
	if !ok {
		return ""
	}
	return write()
}

// Add has the statement for a kind written by write, once.
func (s Statements) Add(kind string, write func(kind string) string) {
	s[kind] = sync.OnceValue(func() string { return write(kind) })
}

// EachThing has a statement for each kind of thing.
func EachThing(write func(kind string) string) Statements {
	all := Statements{}
	for kind := range Belonging {
		all.Add(kind, write)
	}
	return all
}

// Asked is a question about changes that can be put to the database.
type Asked struct {
	norms.ChangeFilter
	Of, key    string // kind and key of the thing
	Begin, end norms.AsOf
}

// Ask reads a question; what cannot choose anything is Invalid.
func Ask(f norms.ChangeFilter) (Asked, error) {
	a := Asked{ChangeFilter: f}
	if err := f.Check(); err != nil {
		return a, err
	}
	if f.Kind != "" && !slices.Contains(TrackedKinds, f.Kind) {
		return a, norms.Field("kind", "%q is no kind of row; write one of %s", f.Kind, strings.Join(TrackedKinds, ", "))
	}
	if f.Thing != "" {
		a.Of, a.key, _ = norms.ParseThing(f.Thing) // checked
	}
	if f.Since != "" {
		a.Begin, _ = norms.ParseAsOf(f.Since)
	}
	if f.Until != "" {
		a.end, _ = norms.ParseAsOf(f.Until)
	}
	return a, nil
}

// SpanArgs are the arguments of SpanAsked.
func (a Asked) SpanArgs() pgx.StrictNamedArgs {
	args := pgx.StrictNamedArgs{"since_rev": a.Begin.Revision, "until_rev": a.end.Revision, "since_at": nil, "until_at": nil}
	if !a.Begin.At.IsZero() {
		args["since_at"] = a.Begin.At
	}
	if !a.end.At.IsZero() {
		args["until_at"] = a.end.At
	}
	return args
}

// addThing adds the arguments of ThingAsked as of what s looks at.
func (s *Store) addThing(args pgx.StrictNamedArgs, a Asked) {
	args["upto"] = postgres.Upto(s.db)
	a.Name(args)
}

// Name adds what names the thing.
func (a Asked) Name(args pgx.StrictNamedArgs) {
	if a.Of != "principle" {
		args["slug"] = a.key
		return
	}
	r, _ := norms.ParseRef(a.key) // checked
	args["ref"], args["agreement"], args["edition"], args["label"] = a.key, r.Agreement, r.Edition, r.Label
}

func (s *Store) changesetsAsked(a Asked) (string, pgx.StrictNamedArgs) {
	args := a.SpanArgs()
	args["by"] = a.By
	switch {
	case a.Thing != "":
		args["kind"] = a.Kind
		s.addThing(args, a)
		return changesetsOfThing.Of(a.Of), args
	case a.Kind != "":
		args["kind"] = a.Kind
		return changesetsOfKind, args
	}
	return everyChangeset, args
}

// chosenChangesets is a page of a list of changesets by their numbers.
type chosenChangesets struct {
	Since, Until *int64
	Things       []int64
	Name         string
	Total        int
	IDs          []int64
}

// choose finds the changesets that a asks for, in one statement, and says what
// of a means nothing.
func (s *Store) choose(ctx context.Context, a Asked, before int64, limit int) (chosenChangesets, error) {
	sql, args := s.changesetsAsked(a)
	args["before"], args["limit"] = before, limit
	found, err := postgres.Collect[chosenChangesets](ctx, s.db, "changesets", sql, args)
	if err != nil {
		return chosenChangesets{}, err
	}
	c := found[0] // the statement has exactly one row
	switch {
	case a.Thing != "" && len(c.Things) == 0:
		return c, s.noThing(ctx, a)
	case len(c.Things) > 1:
		return c, severalPrinciples(a.key)
	}
	return c, s.meaningless(ctx, a, c.Since, c.Until)
}

// noThing is the error about a thing that was not found: never recorded, or
// not yet.
func (s *Store) noThing(ctx context.Context, a Asked) error {
	if a.Of == "principle" {
		ref, err := norms.ParseRef(a.key)
		if err != nil {
			return norms.NotFoundf("%s", err)
		}
		return naming.OrNotFound(s.names.PrincipleBecame(ctx, ref), "principle "+a.key)
	}
	if _, err := s.names.Addressed(ctx, a.Of, a.key); err != nil {
		return err
	}
	return norms.NotFoundf("no %s %q is recorded", a.Of, a.key)
}

// meaningless says which end of the span that was asked for there is not.
func (s *Store) meaningless(ctx context.Context, a Asked, since, until *int64) error {
	switch {
	case since == nil:
		return s.noMoment(ctx, a.Begin)
	case until == nil:
		return s.noMoment(ctx, a.end)
	case *since > *until:
		return norms.Field("until", "is before since: write the earlier revision or day first")
	}
	return nil
}

// noMoment is the error about a moment that was not found.
func (s *Store) noMoment(ctx context.Context, q norms.AsOf) error {
	if _, err := s.Moment(ctx, q); err != nil {
		return err
	}
	return norms.Errorf(norms.Conflict, "the record changed just now; ask again") // it is there by now
}
