package page_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"normmap/internal/account"
	"normmap/web/page"
	"normmap/web/words"
)

func TestChoicesAboutAccountsAreInWords(t *testing.T) {
	t.Parallel()
	f := frame(account.Actor{}, "/account")
	_, doc := render(t, page.Account(f, page.OwnAccount{}))
	lives := doc.Find("select[name=token_life] option")
	lives.Each(func(_ int, o *goquery.Selection) {
		if o.Text() == o.AttrOr("value", "") {
			t.Errorf("a token may live for %q", o.Text())
		}
	})
	if got := lives.Filter("[selected]").Text(); got != "90 days" {
		t.Errorf("a token lives for %q unless one chooses", got)
	}
	_, doc = render(t, page.Accounts(f, page.AccountList{}))
	roles := doc.Find(".choice .hint").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	if len(roles) != len(account.Roles()) || slices.ContainsFunc(roles, func(s string) bool { return !said(s) }) {
		t.Errorf("the roles are explained as %q", roles)
	}
}

// What an account is called is data: no mark of the catalogue's means anything
// in it.
func TestNamesOfAccountsAreShownLetterForLetter(t *testing.T) {
	t.Parallel()
	const name, email = "*Ada* [of] {{.Name}} `x`", "*a*`b`@example.org"
	f := frame(account.Actor{}, "/account")
	for about, page := range map[string]func() (string, *goquery.Document){
		"a password to set": func() (string, *goquery.Document) {
			return render(t, page.SetUpAccount(f, page.SetUp{Name: name, Email: email}))
		},
		"an administrator's look": func() (string, *goquery.Document) {
			return render(t, page.AdminAccount(f, page.OneAccount{Account: account.Account{Name: name, Email: email}, Link: "/x"}))
		},
	} {
		_, doc := page()
		if text := doc.Find("main").Text(); !strings.Contains(text, name) || !strings.Contains(text, email) {
			t.Errorf("%s shows the account as %q", about, text)
		}
	}
	if got := words.Text(t.Context(), "accounts.enable.enabled", "Name", name); got != name+" is enabled." {
		t.Errorf("the notice says %q", got)
	}
}
