package app

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"normmap/internal/account"
	"normmap/internal/config"
	"normmap/internal/norms"
	"normmap/internal/password"
	"normmap/internal/pglocal"
	"normmap/internal/store"
	"normmap/web/href"
)

// person is what the flags of the user commands say.
type person struct {
	email, name, role string
	organization      string
	passwordStdin     bool
}

func (p *program) userCommand() *cobra.Command {
	var who person
	cmd := &cobra.Command{Use: "user", Short: "Look after accounts"}
	add := &cobra.Command{Use: "add", Short: "Add an account and print a link for choosing its password", Args: noArgs,
		RunE: p.withDatabase(func(cmd *cobra.Command, db *database) error { return p.addUser(cmd, db, who) })}
	add.Flags().StringVar(&who.name, "name", "", "name shown beside the account's changes")
	add.Flags().StringVar(&who.role, "role", "", "contributor, editor, reviewer or admin")
	reset := &cobra.Command{Use: "reset", Short: "Print a link for choosing a new password", Args: noArgs,
		RunE: p.withDatabase(func(cmd *cobra.Command, db *database) error { return p.resetUser(cmd, db, who) })}
	disable := &cobra.Command{Use: "disable", Short: "Shut an account: sessions, tokens and links end at once", Args: noArgs,
		RunE: p.withDatabase(func(cmd *cobra.Command, db *database) error { return p.disableUser(cmd, db, who) })}
	enable := &cobra.Command{Use: "enable", Short: "Open a disabled account again, with its password", Args: noArgs,
		RunE: p.withDatabase(func(cmd *cobra.Command, db *database) error { return p.enableUser(cmd, db, who) })}
	bind := &cobra.Command{Use: "bind", Short: "Let an account answer for an organization, or for none", Args: noArgs,
		RunE: p.withDatabase(func(cmd *cobra.Command, db *database) error { return p.bindUser(cmd, db, who) })}
	list := &cobra.Command{Use: "list", Short: "List the accounts", Args: noArgs,
		RunE: p.withDatabase(p.listUsers)}
	for _, c := range []*cobra.Command{add, reset, disable, enable, bind} {
		c.Flags().StringVar(&who.email, "email", "", "address of the account")
	}
	for _, c := range []*cobra.Command{add, bind} {
		c.Flags().StringVar(&who.organization, "organization", "", "name in addresses of the organization for which the account answers; empty for none")
	}
	for _, c := range []*cobra.Command{add, reset} {
		c.Flags().BoolVar(&who.passwordStdin, "password-stdin", false, "read the password from the first line of stdin instead")
	}
	cmd.AddCommand(add, list, bind, disable, enable, reset)
	return group(cmd)
}

func (p *program) addUser(cmd *cobra.Command, db *database, who person) error {
	email, err := account.ParseEmail(who.email)
	if err != nil {
		return flagError(cmd, "email", err)
	}
	name, err := account.ParseName(who.name)
	if err != nil {
		return flagError(cmd, "name", err)
	}
	role, err := account.ParseRole(who.role)
	if err != nil {
		return flagError(cmd, "role", err)
	}
	phc, err := p.typedPassword(cmd, who, email, name)
	if err != nil {
		return err
	}
	var made account.Account
	err = db.store.InTx(cmd.Context(), func(tx *store.Store) error {
		if made, err = tx.AddAccount(cmd.Context(), email, name, role); err == nil && phc != "" {
			_, err = tx.SetPassword(cmd.Context(), made.ID, phc, p.now())
		}
		if err == nil && who.organization != "" {
			_, err = tx.BindAccount(cmd.Context(), made.ID, who.organization)
		}
		return err
	})
	if norms.KindOf(err) == norms.Conflict {
		return fmt.Errorf("%s already has an account; see: %s user list", email, p.name)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "Added %s %s\n", made.Role, made.Email)
	if phc != "" {
		return nil
	}
	return p.printLink(cmd, db, made)
}

func (p *program) resetUser(cmd *cobra.Command, db *database, who person) error {
	a, err := findAccount(cmd, db, who.email)
	if err != nil {
		return err
	}
	if a.Disabled() {
		return fmt.Errorf("%[1]s is disabled; first: %[2]s user enable --email %[1]s", a.Email, p.name)
	}
	phc, err := p.typedPassword(cmd, who, a.Email, a.Name)
	if err != nil {
		return err
	}
	if phc == "" {
		return p.printLink(cmd, db, a)
	}
	if _, err := db.store.SetPassword(cmd.Context(), a.ID, phc, p.now()); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "The password of %s was set; all its sessions ended\n", a.Email)
	return nil
}

// bindUser changes nothing else: sessions and tokens go on.
func (p *program) bindUser(cmd *cobra.Command, db *database, who person) error {
	if !cmd.Flags().Changed("organization") {
		return flagError(cmd, "organization", errors.New("is missing; give it empty to let the account answer for none"))
	}
	a, err := findAccount(cmd, db, who.email)
	if err != nil {
		return err
	}
	if a, err = db.store.BindAccount(cmd.Context(), a.ID, who.organization); err != nil {
		return err
	}
	if a.Organization == "" {
		fmt.Fprintf(p.stdout, "%s answers for no organization\n", a.Email)
		return nil
	}
	fmt.Fprintf(p.stdout, "%s answers for %s\n", a.Email, a.Organization)
	return nil
}

func (p *program) disableUser(cmd *cobra.Command, db *database, who person) error {
	a, err := findAccount(cmd, db, who.email)
	if err != nil {
		return err
	}
	if _, err := db.store.Disable(cmd.Context(), a.ID, p.now()); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "Disabled %s\n", a.Email)
	return p.warnWithoutAdministrator(cmd, db)
}

func (p *program) enableUser(cmd *cobra.Command, db *database, who person) error {
	a, err := findAccount(cmd, db, who.email)
	if err != nil {
		return err
	}
	if _, err := db.store.Enable(cmd.Context(), a.ID); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "Enabled %s\n", a.Email)
	return nil
}

// warnWithoutAdministrator says so when nobody is left to look after accounts.
func (p *program) warnWithoutAdministrator(cmd *cobra.Command, db *database) error {
	accounts, err := db.store.Accounts(cmd.Context())
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(accounts, func(a account.Account) bool { return a.Role == account.Admin && !a.Disabled() }) {
		fmt.Fprintf(p.stderr, "Warning: no administrator is left; enable this one again, or the next start of %s serve prints a link that makes one\n", p.name)
	}
	return nil
}

func (p *program) listUsers(cmd *cobra.Command, db *database) error {
	accounts, err := db.store.Accounts(cmd.Context())
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "E-MAIL\tNAME\tROLE\tORGANIZATION\tSTATE\tLAST SIGN-IN")
	for _, a := range accounts {
		state := "active"
		if a.Disabled() {
			state = "disabled"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", a.Email, a.Name, a.Role, cmp.Or(a.Organization, "-"), state, day(a.LastSignInAt))
	}
	return t.Flush()
}

// day is the date of an instant in UTC, or never.
func day(t *time.Time) string {
	if t == nil {
		return "never"
	}
	return t.UTC().Format(time.DateOnly)
}

// findAccount is the account that --email names.
func findAccount(cmd *cobra.Command, db *database, email string) (account.Account, error) {
	parsed, err := account.ParseEmail(email)
	if err != nil {
		return account.Account{}, flagError(cmd, "email", err)
	}
	a, err := db.store.AccountByEmail(cmd.Context(), parsed)
	if err != nil {
		return a, fmt.Errorf("%s: %w; see: %s user list", parsed, err, db.program)
	}
	return a, nil
}

// printLink prints a one-time link for choosing a password.
func (p *program) printLink(cmd *cobra.Command, db *database, a account.Account) error {
	c, err := p.config(cmd)
	if err != nil {
		return err
	}
	secret, err := db.store.NewResetLink(cmd.Context(), a.ID, p.rand, p.now())
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "To choose a password (works once, for %d minutes): %s%s\n",
		int(account.OneTimeLinkLife.Minutes()), serviceAddress(c), href.Setup(secret))
	return nil
}

// serviceAddress is where people reach the service, as far as a command beside
// it can know.
func serviceAddress(c config.Config) string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	if h, _ := pglocal.HeldBy(c.DataDir); c.DatabaseURL == "" && h.Address != "" {
		return h.Address
	}
	return local(c.Listen)
}

// typedPassword is the hash of the password on stdin, "" when none was asked
// for.
func (p *program) typedPassword(cmd *cobra.Command, who person, email, name string) (phc string, err error) {
	if !who.passwordStdin {
		return "", nil
	}
	pw, err := firstLine(p.stdin)
	if err != nil {
		return "", err
	}
	if err := password.Check(pw, email, name); err != nil {
		return "", fmt.Errorf("the password %w", err)
	}
	return hash(cmd.Context(), pw)
}

func hash(ctx context.Context, pw string) (string, error) {
	phc, err := password.NewHasher(1).Hash(ctx, pw)
	if err != nil {
		return "", fmt.Errorf("hashing the password: %w", err)
	}
	return phc, nil
}

// firstLine reads a line without its end, as typed otherwise.
func firstLine(r io.Reader) (string, error) {
	const longest = 8 << 10
	line, err := bufio.NewReader(io.LimitReader(r, longest)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("reading the password from stdin: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}
