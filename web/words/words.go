// Package words is the catalogue of everything that the interface says: one
// message for each thing said, found by an id such as gaps.title, in files of
// one subject each. Code and templates hold ids and no sentences, so that
// another language is another folder beside en.
//
// A message is a text with {{.Name}} for what is put in. One that depends on a
// number has a form for each plural of its language (CLDR: one and other in
// English), in which {{.N}} is the number. Where a text goes through ui.Prose,
// [brackets] are links in their order, *stars* emphasis and `backquotes` code.
// Where it goes through ui.Sentence, {1} is the first of its parts.
package words

import (
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed en/*.json
var files embed.FS

// Catalogue is what can be said in one language.
type Catalogue struct {
	language  language.Tag
	messages  map[string]forms
	localizer func() *i18n.Localizer // of the same messages, read when it is first asked
	mark      func(string) string    // around every message; nil as a rule
}

// english is read when something is first said, or by Load.
var english = sync.OnceValue(func() *Catalogue { return mustRead("en") })

// Load reads the messages now, so that the first page does not wait for them.
func Load() { english() }

func mustRead(lang string) *Catalogue {
	c, err := read(lang)
	if err != nil {
		panic(err) // the files are part of the program
	}
	return c
}

// read reads the messages of a language. The library takes ten times as long,
// and every start of the program would wait for it, so it reads them only when
// there is something that it alone can say.
func read(lang string) (*Catalogue, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("reading the words: %w", err)
	}
	messages := map[string]forms{}
	err = eachFile(lang, func(name string, data []byte) error { return cutFile(messages, data) })
	return &Catalogue{language: tag, messages: messages, localizer: sync.OnceValue(func() *i18n.Localizer {
		return i18n.NewLocalizer(mustBundle(lang), lang)
	})}, err
}

// mustBundle has the library read the messages of a language.
func mustBundle(lang string) *i18n.Bundle {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	err := eachFile(lang, func(name string, data []byte) error {
		_, err := bundle.ParseMessageFileBytes(data, name+"."+lang+".json") // it takes the language from the name
		return err
	})
	if err != nil {
		panic(err) // the files are part of the program
	}
	return bundle
}

// eachFile reads the files of a language, which have names without their
// ending.
func eachFile(lang string, read func(name string, data []byte) error) error {
	list, err := files.ReadDir(lang)
	if err != nil {
		return fmt.Errorf("reading the words: %w", err)
	}
	for _, f := range list {
		data, err := files.ReadFile(path.Join(lang, f.Name()))
		if err == nil {
			err = read(strings.TrimSuffix(f.Name(), ".json"), data)
		}
		if err != nil {
			return fmt.Errorf("reading the words in %s/%s: %w", lang, f.Name(), err)
		}
	}
	return nil
}

// Marked is the English catalogue with mark around every message: a page that
// is made with it shows which of its words come from elsewhere.
func Marked(mark func(string) string) *Catalogue {
	marked := *english()
	marked.mark = mark
	return &marked
}

type key struct{}

// In says in which language texts for ctx are.
func In(ctx context.Context, c *Catalogue) context.Context { return context.WithValue(ctx, key{}, c) }

func catalogue(ctx context.Context) *Catalogue {
	if c, ok := ctx.Value(key{}).(*Catalogue); ok {
		return c
	}
	return english()
}

// Text is the message with an id. What is put in follows as pairs of name and
// value. An id without a message is shown as it is; a test finds those.
func Text(ctx context.Context, id string, put ...any) string {
	return catalogue(ctx).say(id, nil, put)
}

// Count is the message with an id in its form for the number n.
func Count[T int | int64](ctx context.Context, id string, n T, put ...any) string {
	return catalogue(ctx).say(id, int64(n), append(put, "N", Number(n)))
}

// Of is the word for a value of a closed list. A value without a word of its
// own, which a newer database may hold, is shown with spaces.
func Of[T ~string](ctx context.Context, list string, value T) string {
	if text, ok := Known(ctx, list+"."+cmp.Or(string(value), "unstated")); ok {
		return text
	}
	return strings.ReplaceAll(string(value), "_", " ")
}

// Known is the message with an id, if there is one.
func Known(ctx context.Context, id string) (string, bool) {
	text, err := catalogue(ctx).localize(id, nil, nil)
	return text, err == nil
}

func (c *Catalogue) say(id string, count any, put []any) string {
	text, err := c.localize(id, count, put)
	if err != nil {
		return id
	}
	return text
}

func (c *Catalogue) localize(id string, count any, put []any) (string, error) {
	text, err := c.find(id, count, put)
	if err == nil && c.mark != nil {
		text = c.mark(text)
	}
	return text, err
}

func (c *Catalogue) find(id string, count any, put []any) (string, error) {
	message, ok := c.messages[id]
	if !ok {
		return "", fmt.Errorf("there is no message %q", id)
	}
	if m, ok := message.of(c.language, count); ok {
		if text, ok := m.with(put); ok {
			return text, nil
		}
	}
	cfg := &i18n.LocalizeConfig{MessageID: id, PluralCount: count}
	if len(put) > 0 {
		data := make(map[string]any, len(put)/2)
		for i := 0; i+1 < len(put); i += 2 {
			data[put[i].(string)] = put[i+1]
		}
		cfg.TemplateData = data
	}
	return c.localizer().Localize(cfg)
}

// Number writes n with separators: 12,345.
func Number[T int | int64](n T) string {
	digits := strconv.FormatInt(int64(n), 10)
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "−", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}
