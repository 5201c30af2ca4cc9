package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"

	"normmap/web/href"
)

// paths are the addresses that are measured, found in the record.
type paths struct {
	principles    []string // refs, the most linked first
	initiatives   []string // slugs
	organizations []string // slugs
	common        string   // the word that most descriptions hold
	spelled       string   // a word of a name, spelled wrongly
}

// hot is the principle with the most links.
func (p paths) hot() string { return p.principles[0] }

const principlesByLinks = `
select a.slug || case when e.current then '' else '@' || e.slug end || '/' || p.label
from principle p join edition e on e.id = p.edition_id join agreement a on a.id = e.agreement_id
order by (select count(*) from link l where l.principle_id = p.id) desc, p.id limit 1000`

// commonWords are those that descriptions hold, by how many hold them. A part
// of the record is enough to see which.
const commonWords = `
select word from ts_stat($$select to_tsvector('simple', summary) from (select summary from initiative order by id limit 4000) i$$)
where length(word) > 4 order by ndoc desc, word limit 1`

// nameWords are words of names, the commonest first.
const nameWords = `
select w from (select regexp_split_to_table(lower(name), '[^a-z]+') w from organization) n
where length(w) between 7 and 12 group by w order by count(*) desc, w limit 1`

// findPaths looks for what is to be asked for.
func (st *stage) findPaths(ctx context.Context) (err error) {
	for _, one := range []struct {
		into *[]string
		sql  string
	}{
		{&st.paths.principles, principlesByLinks},
		{&st.paths.initiatives, "select slug from initiative order by id limit 20000"},
		{&st.paths.organizations, "select slug from organization where slug like '%-%' order by id limit 2000"},
	} {
		if *one.into, err = column(ctx, st.conn, one.sql); err != nil {
			return fmt.Errorf("looking for pages: %w", err)
		}
		if len(*one.into) == 0 {
			return fmt.Errorf("looking for pages: the record has none: %s", one.sql)
		}
	}
	if st.paths.common, err = st.word(ctx, commonWords); err != nil {
		return fmt.Errorf("looking for the commonest word: %w", err)
	}
	name, err := st.word(ctx, nameWords)
	if err != nil {
		return fmt.Errorf("looking for a word of a name: %w", err)
	}
	st.paths.spelled = misspelled(name)
	return nil
}

func (st *stage) word(ctx context.Context, sql string) (string, error) {
	found, err := column(ctx, st.conn, sql)
	if err == nil && len(found) == 0 {
		err = errors.New("the record has none")
	}
	if err != nil {
		return "", err
	}
	return found[0], nil
}

// misspelled is a word of which two letters have changed places.
func misspelled(word string) string {
	b := []byte(word)
	at := len(b) / 2
	for at+2 < len(b) && b[at] == b[at+1] {
		at++
	}
	b[at], b[at+1] = b[at+1], b[at]
	return string(b)
}

// principlePages are the first pages of the most linked principles.
func (st *stage) principlePages(most int) []string {
	var out []string
	for _, ref := range st.paths.principles[:min(most, len(st.paths.principles))] {
		out = append(out, href.Principle(ref))
	}
	return out
}

var nextLink = regexp.MustCompile(`<a rel="next" href="([^"]*[?&;]cursor=[^"]*)"`)

// nextPage is the path of the page after one, "" where there is none. Other
// forms of the page that is shown have its cursor, too.
func nextPage(body []byte) string {
	found := nextLink.FindSubmatch(body)
	if found == nil {
		return ""
	}
	path, _, _ := strings.Cut(html.UnescapeString(string(found[1])), "#")
	return path
}

// deepPages are pages far down in the list of a principle's evidence, and how
// far down the first of them is.
func (st *stage) deepPages(ctx context.Context, most int) (pages []string, down int, err error) {
	path := href.Principle(st.paths.hot())
	for range depth + most {
		text, err := st.plain(ctx, path)
		if err != nil {
			return nil, 0, err
		}
		next := nextPage(text)
		if next == "" || next == path {
			break
		}
		path = next
		pages = append(pages, path)
	}
	down = min(depth, len(pages)*3/4)
	return pages[down:], down + 1, nil
}

// plain is the text of a page that is not compressed.
func (st *stage) plain(ctx context.Context, path string) ([]byte, error) {
	request := bytes.Replace(get(st.uncached.Listen, path), []byte("Accept-Encoding: br\r\n"), nil, 1)
	f, err := fetch(ctx, st.uncached.Listen, request)
	if err == nil && f.status != 200 {
		err = fmt.Errorf("%w: %s answers %d", errStatus, path, f.status)
	}
	return f.body, err
}
