package edit

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// renameSQL gives a row another name, by the form of the key of its kind.
var renameSQL = func() map[string]string {
	out := map[string]string{}
	for _, k := range norms.RecordKinds {
		switch k.Keyed {
		case norms.BySlug, norms.ByEdition:
			out[k.Name] = "update " + k.Table + " set slug = @to, version = @rev where id = @id and slug <> @to"
		case norms.ByRef:
			out[k.Name] = "update principle set number = @number, label = @to, version = @rev where id = @id and number <> @number"
		}
	}
	return out
}()

// rename gives a thing another name. The database keeps the old one for ever
// (claim_address, claim_address_within); facts name things in words and follow.
func (w *writing) rename(ctx context.Context, e norms.Rename) (bool, error) {
	found, k, err := w.standing(ctx, e.Kind, e.Key, e.Version)
	if err != nil {
		return false, err
	}
	called, err := w.called(ctx, k, found.ID)
	if err != nil {
		return false, err
	}
	args := pgx.StrictNamedArgs{"id": found.ID, "to": e.To, "rev": w.rev}
	if k.Keyed == norms.ByRef {
		args["number"], args["to"] = e.To, norms.LabelSlug(e.To)
	}
	tag, err := w.db.Exec(ctx, renameSQL[k.Name], args)
	if err != nil {
		return false, ofName(postgres.Failure(err))
	}
	if tag.RowsAffected() == 0 {
		return w.wrote(found.ID, false, nil)
	}
	clear(w.known)
	now, err := w.called(ctx, k, found.ID)
	if err != nil {
		return false, err
	}
	return w.wrote(found.ID, true, w.renameFacts(ctx, called, now))
}

// ofName brings the problem of a name that is taken to the field of the edit.
func ofName(err error) error {
	e, ok := errors.AsType[*norms.Error](err)
	if !ok {
		return err
	}
	named := *e
	named.Problems = nil
	for _, p := range e.Problems {
		named.Problems = append(named.Problems, norms.Problem{Field: "to", Message: p.Message})
	}
	return &named
}

// callings are the ways in which facts name a thing, and what belongs to it.
// Whole ones are the name itself or go on after a slash or an at sign; End ones
// are the part after the slash.
type calling struct {
	Kinds []string
	Name  string
	End   bool
}

// called lists how facts name a row at this moment.
func (w *writing) called(ctx context.Context, k norms.RecordKind, id int64) ([]calling, error) {
	switch k.Keyed {
	case norms.ByEdition:
		name, err := w.text(ctx, "select a.slug || '/' || e.slug from edition e join agreement a on a.id = e.agreement_id where e.id = $1", id)
		return []calling{{Kinds: []string{"edition"}, Name: name}, {Kinds: []string{"principle"}, Name: strings.Replace(name, "/", "@", 1)}}, err
	case norms.ByRef:
		ref, err := w.text(ctx, "select ref from principle_name where id = $1", id)
		if err != nil {
			return nil, err
		}
		full, err := w.text(ctx, "select n.agreement || '@' || n.edition || '/' || p.label from principle_name n join principle p on p.id = n.id where n.id = $1", id)
		return []calling{{Kinds: []string{"principle"}, Name: ref}, {Kinds: []string{"principle"}, Name: full}}, err
	}
	slug, err := w.text(ctx, slugOf[k.Name], id)
	switch k.Name {
	case "agreement":
		return []calling{{Kinds: []string{"agreement", "edition", "principle", "numbering"}, Name: slug}, {Kinds: []string{"adherence"}, Name: slug, End: true}}, err
	case "organization":
		return []calling{{Kinds: []string{"organization", "adherence"}, Name: slug}}, err
	}
	return []calling{{Kinds: []string{k.Name}, Name: slug}}, err
}

// slugOf reads the slug of a row.
var slugOf = func() map[string]string {
	out := map[string]string{}
	for _, k := range norms.RecordKinds {
		if k.Keyed == norms.BySlug {
			out[k.Name] = "select slug from " + k.Table + " where id = $1"
		}
	}
	return out
}()

func (w *writing) text(ctx context.Context, q string, id int64) (name string, err error) {
	err = w.db.QueryRow(ctx, q, id).Scan(&name)
	return name, postgres.Failure(err)
}

const (
	renameFacts = `
update fact_source set entity = @now || substr(entity, length(@was) + 1), version = @rev
where kind = any (@kinds) and @was <> @now and (entity = @was or starts_with(entity, @was || '/') or starts_with(entity, @was || '@'))`
	renameFactEnds = `
update fact_source set entity = split_part(entity, '/', 1) || '/' || @now, version = @rev
where kind = any (@kinds) and @was <> @now and split_part(entity, '/', 2) = @was`
)

// renameFacts lets the facts about a renamed thing name it as it is called now.
func (w *writing) renameFacts(ctx context.Context, was, now []calling) error {
	for i, c := range was {
		q := renameFacts
		if c.End {
			q = renameFactEnds
		}
		args := pgx.StrictNamedArgs{"kinds": c.Kinds, "was": c.Name, "now": now[i].Name, "rev": w.rev}
		if _, err := w.db.Exec(ctx, q, args); err != nil {
			return postgres.Failure(err)
		}
	}
	return nil
}
