package account

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	// MaxEmail is the longest e-mail address in bytes: what fits a mail path
	// (RFC 5321 §4.5.3.1.3, without its angle brackets).
	MaxEmail = 254
	// MaxName is the longest name of an account in Unicode code points.
	MaxName = 100

	maxLocalPart = 64 // bytes, RFC 5321 §4.5.3.1.1
	maxHostLabel = 63 // bytes, RFC 1035 §2.3.4
)

// Account is someone who may sign in. Its password is kept apart and never
// travels with it.
type Account struct {
	ID           int64
	Email        string // as ParseEmail returns it; unique
	Name         string // shown beside the account's changesets
	Role         Role
	CreatedAt    time.Time
	DisabledAt   *time.Time // nil while the account may sign in
	LastSignInAt *time.Time // nil before the first time

	OrganizationID int64  // the organization for which the account may answer; 0 for none
	Organization   string // its slug
}

// Disabled tells whether the account has been shut.
func (a Account) Disabled() bool { return a.DisabledAt != nil }

// Actor is the account as one who acts. A disabled account acts as a visitor,
// so that a session that outlived it can do no harm.
func (a Account) Actor() Actor {
	if a.Disabled() {
		return Actor{}
	}
	return Actor{ID: a.ID, Name: a.Name, Role: a.Role, OrganizationID: a.OrganizationID, Organization: a.Organization}
}

// Actor is who acts: a signed-in account, the holder of a token, the seed
// files, or (its zero value) a visitor.
type Actor struct {
	ID    int64 // the account's; 0 for a visitor and the seeds
	Name  string
	Role  Role
	Seeds bool // the files that come with the service, not a person

	Scopes Scopes // of the token by which the actor acts; "" without one

	OrganizationID int64  // the organization for which the actor may answer; 0 for none
	Organization   string // its slug
}

// SeedFiles is the actor as which the files that come with the service are
// loaded: it may edit, and leaves alone what a person changed last.
func SeedFiles() Actor { return Actor{Name: "seed files", Role: Editor, Seeds: true} }

// Can tells whether the actor may do something.
func (a Actor) Can(do Action) bool {
	switch {
	case do == AnswerForOrganization && a.OrganizationID == 0:
		return false
	case do == ReadDossiers && a.OrganizationID == 0 && !a.Role.Can(EditMappings):
		return false
	}
	return a.Role.Can(do) && a.Scopes.Allow(do)
}

// ReadsDossier tells whether the actor may see the dossier of an organization,
// given by its slug.
func (a Actor) ReadsDossier(organization string) bool {
	return a.Can(ReadDossiers) && (a.Role.Can(EditMappings) || a.Organization == organization)
}

// SignedIn tells whether an account stands behind the actor.
func (a Actor) SignedIn() bool { return a.ID != 0 }

// ParseEmail brings an e-mail address into the one form that is stored and
// compared: without surrounding space, in lower case. Only ASCII is taken, so
// that two addresses which look alike are alike.
func ParseEmail(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", errors.New("is missing")
	}
	if len(s) > MaxEmail {
		return "", fmt.Errorf("has %d bytes; at most %d fit", len(s), MaxEmail)
	}
	local, host, found := strings.Cut(s, "@")
	if !found || strings.Contains(host, "@") {
		return "", errors.New("must have exactly one @, as in name@example.org")
	}
	if !isLocalPart(local) {
		return "", errors.New("has characters before the @ that are not accepted here; use letters, digits and . _ - +")
	}
	if !isHost(host) {
		return "", errors.New("has no proper host name after the @; write it as in name@example.org, an international one in its xn-- form")
	}
	return strings.ToLower(s), nil
}

// isLocalPart accepts the unquoted form of RFC 5321 §4.1.2.
func isLocalPart(s string) bool {
	const others = "!#$%&'*+-/=?^_`{|}~"
	if len(s) > maxLocalPart {
		return false
	}
	for atom := range strings.SplitSeq(s, ".") {
		bad := func(r rune) bool { return !isLetterOrDigit(r) && !strings.ContainsRune(others, r) }
		if atom == "" || strings.ContainsFunc(atom, bad) {
			return false
		}
	}
	return true
}

// isHost accepts host names without a dot too: a machine of one's own may be
// called localhost.
func isHost(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		bad := func(r rune) bool { return !isLetterOrDigit(r) && r != '-' }
		if label == "" || len(label) > maxHostLabel || strings.ContainsFunc(label, bad) {
			return false
		}
		if strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
	}
	return true
}

func isLetterOrDigit(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// ParseName reads the name under which an account's changes are shown. Runs of
// space become one; any script is welcome. An e-mail address is refused, since
// names are published.
func ParseName(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", errors.New("is not valid UTF-8 text")
	}
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return "", errors.New("is missing")
	}
	if n := utf8.RuneCountInString(s); n > MaxName {
		return "", fmt.Errorf("has %d characters; at most %d fit", n, MaxName)
	}
	if strings.ContainsFunc(s, isHidden) {
		return "", errors.New("contains a character that cannot be seen; type the name again")
	}
	if strings.ContainsAny(s, atSigns) {
		return "", errors.New("must not contain @; an e-mail address is not for everyone to see")
	}
	if !strings.ContainsFunc(s, unicode.IsLetter) {
		return "", errors.New("must contain a letter")
	}
	return s, nil
}

// atSigns are the sign itself and its wide and small forms.
const atSigns = "@\uff20\ufe6b"

// isHidden tells characters with which one name can pass for another. The two
// joiners are left alone: Persian and several Indian scripts need them.
func isHidden(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != nonJoiner && r != joiner
}
