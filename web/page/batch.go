package page

import (
	"context"
	"strconv"
	"strings"

	"normmap/internal/norms"
	"normmap/web/ui"
	"normmap/web/words"
)

// Batch is one action on many ticked things.
type Batch struct {
	Refusal
	Kind      string
	Items     []BatchItem
	Missing   int // ticked things that are not recorded any more
	Controls  []Control
	Reason    string
	From      string // the list from which they come
	Previewed bool   // the outcomes are there
}

// BatchItem is one ticked thing.
type BatchItem struct {
	Value   string // its key and version, as its checkbox says
	Name    string
	Href    string
	Changed bool // someone else changed it since it was shown
	Outcome norms.Outcome
}

// Tickable says how the things of a list can be ticked: their kind, the list's
// address, and how many its filter chooses where all can be had at once.
type Tickable struct {
	Kind   string
	From   string
	Filter string // query of the list
	Total  int
	Shown  int
}

// ticks makes the choice of a list: its address, how many its filter chooses,
// 0 where it has none, and how many are shown.
func ticks(kind, address string, total, shown int) Tickable {
	_, query, _ := strings.Cut(address, "?")
	return Tickable{Kind: kind, From: address, Filter: query, Total: total, Shown: shown}
}

// offered tells whether rows can be ticked: by one who edits, where the list has
// a form for what is ticked.
func (t Tickable) offered(f ui.Frame) bool { return f.Editor() && t.Shown > 0 }

func (t Tickable) form() string { return "batch-" + t.Kind }

// says counts what a batch will do.
func (m Batch) says(ctx context.Context) string {
	change, same, refused := 0, 0, 0
	for _, i := range m.Items {
		switch {
		case i.Outcome.Problem != nil:
			refused++
		case len(i.Outcome.Changes) == 0:
			same++
		default:
			change++
		}
	}
	return words.Text(ctx, "batch.counts", "Changed", ui.Number(change), "Same", ui.Number(same), "Refused", ui.Number(refused))
}

func itemID(i int) string { return "item-" + strconv.Itoa(i) }

func key(id int64) string { return strconv.FormatInt(id, 10) }

const maxTicked = norms.MaxBatch
