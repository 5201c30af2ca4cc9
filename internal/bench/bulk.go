package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store"
)

// bulkTask is what the process that writes in bulk is told.
type bulkTask struct {
	URL   string
	Copy  bool // with COPY, which is the limit, in place of the one door
	Pairs []pair
}

// bulkDone is what it tells.
type bulkDone struct {
	Rows    int
	Seconds float64
	Peak    int64 // bytes of memory
}

// bulkRows is how many links are written in bulk in a round, and bulkEdits how
// many of them are one changeset.
const (
	bulkRows  = 8000
	bulkEdits = 2000
)

// measureBulk compares links that are written in bulk through the one door with
// COPY into the same table, in a process of its own each.
func measureBulk(ctx context.Context, b *bench, st *stage) ([]figure, error) {
	if err := st.free(ctx); err != nil {
		return nil, err
	}
	var limit, ours, peak series
	for range b.rounds {
		at := int(st.written.Add(bulkRows))
		if at > len(st.pairs) {
			return nil, errors.New("there are no links left to record; take fewer rounds or a larger record")
		}
		pairs := st.pairs[at-bulkRows : at]
		copied, err := b.writeInBulk(ctx, bulkTask{URL: st.url(), Copy: true, Pairs: pairs})
		if err != nil {
			return nil, fmt.Errorf("with COPY: %w", err)
		}
		applied, err := b.writeInBulk(ctx, bulkTask{URL: st.url(), Pairs: pairs})
		if err != nil {
			return nil, fmt.Errorf("through the one door: %w", err)
		}
		limit = append(limit, float64(copied.Rows)/copied.Seconds)
		ours = append(ours, float64(applied.Rows)/applied.Seconds)
		peak = append(peak, float64(applied.Peak)/(1<<20))
	}
	return []figure{
		{name: "rows a second", ours: ours, limit: limit, of: "COPY", goal: atLeastTimes(0.4), note: fmt.Sprintf("%d links a changeset", bulkEdits)},
		{name: "memory at most", unit: "MB", ours: peak, goal: atMost(256)},
	}, nil
}

func (b *bench) writeInBulk(ctx context.Context, t bulkTask) (done bulkDone, err error) {
	c, err := child(ctx, "bulk")
	if err != nil {
		return done, err
	}
	in, err := c.StdinPipe()
	if err != nil {
		return done, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return done, err
	}
	if err := c.Start(); err != nil {
		return done, err
	}
	err = errors.Join(json.NewEncoder(in).Encode(t), in.Close())
	return done, errors.Join(err, json.NewDecoder(out).Decode(&done), c.Wait())
}

// bulk is the process that writes.
func bulk(ctx context.Context, _ []string, in io.Reader, out io.Writer) error {
	var t bulkTask
	if err := json.NewDecoder(in).Decode(&t); err != nil {
		return fmt.Errorf("reading what to write: %w", err)
	}
	write := apply
	if t.Copy {
		write = copyRows
	}
	took, err := write(ctx, t)
	if err != nil {
		return err
	}
	peak, err := memory(os.Getpid(), "VmHWM")
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(bulkDone{len(t.Pairs), took.Seconds(), peak})
}

// apply writes the links through the one door.
func apply(ctx context.Context, t bulkTask) (time.Duration, error) {
	s, end, err := store.Connect(ctx, t.URL, 4, 0)
	if err != nil {
		return 0, err
	}
	defer end()
	a, err := s.AccountByEmail(ctx, editorEmail(0))
	if err != nil {
		return 0, err
	}
	return timing(func() error {
		for from := 0; from < len(t.Pairs); from += bulkEdits {
			var edits []norms.Edit
			for _, p := range t.Pairs[from:min(from+bulkEdits, len(t.Pairs))] {
				edits = append(edits, norms.PutLink{Initiative: p.Initiative, Principle: p.Principle,
					Relation: "supports", Origin: "curator", Rationale: "Measured."})
			}
			if _, err := s.Apply(ctx, a.Actor(), "A measurement.", edits); err != nil {
				return err
			}
		}
		return nil
	})
}

// copyRows writes the bare rows with COPY into the same table, where no trigger
// of ours runs, and takes them back.
func copyRows(ctx context.Context, t bulkTask) (took time.Duration, err error) {
	conn, err := pgx.Connect(ctx, t.URL)
	if err != nil {
		return 0, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	tx, err := conn.Begin(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, tx.Rollback(context.WithoutCancel(ctx))) }()
	if _, err := tx.Exec(ctx, "alter table link disable trigger user"); err != nil {
		return 0, err
	}
	columns := []string{"initiative_id", "principle_id", "relation", "origin", "rationale", "version"}
	return timing(func() error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"link"}, columns, pgx.CopyFromSlice(len(t.Pairs), func(i int) ([]any, error) {
			return []any{t.Pairs[i].InitiativeID, t.Pairs[i].PrincipleID, "supports", "curator", "Measured.", int64(1)}, nil
		}))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "set constraints all immediate") // what a commit would check
		return err
	})
}

func timing(do func() error) (time.Duration, error) {
	began := time.Now()
	err := do()
	return time.Since(began), err
}
