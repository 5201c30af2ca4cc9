package contribution

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"

	"normmap/internal/account"
	"normmap/internal/document"
	"normmap/internal/norms"
	"normmap/internal/store"
	"normmap/internal/store/intake"
	"normmap/internal/table"
)

// remembered finds how a table with the same headings was read before.
func (r Reader) remembered(ctx context.Context, list []document.Sheet, w TableWish) (*table.Mapping, error) {
	type place struct {
		sheet  document.Sheet
		header int
	}
	places, headings := map[string]place{}, [][]byte{}
	for _, s := range list {
		for key, header := range table.Keys(s) {
			sum := sha256.Sum256([]byte(key))
			if w.Header == 0 || w.Header == header {
				places[string(sum[:])] = place{s, header}
				headings = append(headings, sum[:])
			}
		}
	}
	found, err := r.Store.Remembered(ctx, headings)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		var m table.Mapping
		if err := json.Unmarshal(f.Mapping, &m); err != nil {
			return nil, fmt.Errorf("reading how a table was read before: %w", err)
		}
		at := places[string(f.Headings)]
		m = m.On(at.sheet, at.header)
		if (w.Kind == "" || w.Kind == m.Kind) && m.Check() == nil {
			return &m, nil
		}
	}
	return nil, nil
}

// remember keeps how a table was read, but for its source: the next one has
// another.
func (r Reader) remember(ctx context.Context, by account.Actor, m table.Mapping) error {
	sum := sha256.Sum256([]byte(m.Key()))
	m.Sheet, m.Header = "", 0
	m.Values = maps.Clone(m.Values)
	delete(m.Values, "source")
	data, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("writing how a table was read: %w", err)
	}
	return r.Store.Remember(ctx, by, intake.Remembered{Headings: sum[:], Mapping: data})
}

// KeptTable is a file with tables that waits for its sender to say how it is to
// be read.
type KeptTable struct {
	ID int64
	Sheets
	TableAsked
}

// Keep keeps a file for its sender until it is proposed, for a day at most.
func (r Reader) Keep(ctx context.Context, by account.Actor, s Sheets, asked TableAsked) (int64, error) {
	sheets, err := json.Marshal(s.List)
	if err != nil {
		return 0, fmt.Errorf("writing tables down: %w", err)
	}
	how, err := json.Marshal(asked)
	if err != nil {
		return 0, fmt.Errorf("writing down how a table is read: %w", err)
	}
	return r.Store.KeepSent(ctx, by, intake.Sent{Document: s.Received, Sheets: sheets, Asked: how})
}

// Kept is a file that its sender sent before.
func (r Reader) Kept(ctx context.Context, by account.Actor, id int64) (KeptTable, error) {
	sent, err := r.Store.Sent(ctx, by, id)
	w := KeptTable{ID: id}
	if err != nil {
		return w, err
	}
	w.Received = sent.Document
	if err := json.Unmarshal(sent.Sheets, &w.List); err != nil {
		return w, fmt.Errorf("reading tables that were kept: %w", err)
	}
	if len(w.List) == 0 {
		return w, norms.NotFoundf("what waits here is no table: it is a document of which was asked what it is; send it again at /import")
	}
	if err := json.Unmarshal(sent.Asked, &w.TableAsked); err != nil {
		return w, fmt.Errorf("reading how a table is read: %w", err)
	}
	known, err := r.Store.KnownFile(ctx, w.Received.FileSHA256)
	if err != nil {
		return w, fmt.Errorf("looking for the file among the sources: %w", err)
	}
	if known != nil {
		w.Known = known.Slug
	}
	return w, nil
}

// Ask keeps how a file is to be read.
func (r Reader) Ask(ctx context.Context, by account.Actor, w KeptTable) error {
	how, err := json.Marshal(w.TableAsked)
	if err != nil {
		return fmt.Errorf("writing down how a table is read: %w", err)
	}
	return r.Store.AskSent(ctx, by, w.ID, how)
}

// ProposeKept proposes a table that was kept, which then waits no longer.
func (r Reader) ProposeKept(ctx context.Context, by account.Actor, id int64, t Table, reason string) (out Proposed, err error) {
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		within := r
		within.Store = tx
		if out, err = within.ProposeTable(ctx, by, t, reason); err != nil || out.Proposal == 0 || out.Again {
			return err
		}
		return tx.DropSent(ctx, by, id)
	})
	return out, err
}

// Drop forgets a table that was kept.
func (r Reader) Drop(ctx context.Context, by account.Actor, id int64) error {
	err := r.Store.DropSent(ctx, by, id)
	if norms.KindOf(err) == norms.NotFound {
		return nil
	}
	return err
}
