package app

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"normmap/internal/account"
)

// grant is what the flags of the token commands say.
type grant struct {
	email, name, life string
	scopes            []string
	id                int64
}

func (p *program) tokenCommand() *cobra.Command {
	var g grant
	cmd := &cobra.Command{Use: "token", Short: "Look after API tokens"}
	add := &cobra.Command{Use: "add", Short: "Make a token and print it, this once", Args: noArgs,
		RunE: p.withDatabase(func(cmd *cobra.Command, db *database) error { return p.addToken(cmd, db, g) })}
	add.Flags().StringVar(&g.name, "name", "command line", "what the token is for")
	add.Flags().StringSliceVar(&g.scopes, "scope", []string{"propose", "publish"}, "what it may be used for: propose, publish or both")
	add.Flags().StringVar(&g.life, "expires", "90d", "how long it works, in days")
	revoke := &cobra.Command{Use: "revoke", Short: "Make a token stop working", Args: noArgs,
		RunE: p.withDatabase(func(cmd *cobra.Command, db *database) error { return p.revokeToken(cmd, db, g) })}
	revoke.Flags().Int64Var(&g.id, "id", 0, "number of the token, as token list prints it")
	list := &cobra.Command{Use: "list", Short: "List the tokens of an account", Args: noArgs,
		RunE: p.withDatabase(func(cmd *cobra.Command, db *database) error { return p.listTokens(cmd, db, g) })}
	for _, c := range []*cobra.Command{add, list, revoke} {
		c.Flags().StringVar(&g.email, "email", "", "address of the account that the token acts for")
	}
	cmd.AddCommand(add, list, revoke)
	return group(cmd)
}

// addToken prints nothing but the token on stdout, so that a script can take
// it from there.
func (p *program) addToken(cmd *cobra.Command, db *database, g grant) error {
	name, err := account.ParseName(g.name)
	if err != nil {
		return flagError(cmd, "name", err)
	}
	life, err := account.ParseTokenLife(strings.TrimSuffix(g.life, "d") + "d") // plain days are days too
	if err != nil {
		return flagError(cmd, "expires", err)
	}
	scopes, err := account.ParseScopes(g.scopes)
	if err != nil {
		return flagError(cmd, "scope", err)
	}
	a, err := findAccount(cmd, db, g.email)
	if err != nil {
		return err
	}
	if a.Disabled() {
		return fmt.Errorf("%s is disabled; its tokens would not work", a.Email)
	}
	secret, err := db.store.AddToken(cmd.Context(), a.ID, account.Grant{Name: name, Scopes: scopes, Life: life}, p.rand, p.now())
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, secret)
	fmt.Fprintf(p.stderr, "This token acts for %s until %s; it is not shown again\n", a.Email, day(new(p.now().Add(life))))
	return nil
}

func (p *program) listTokens(cmd *cobra.Command, db *database, g grant) error {
	a, err := findAccount(cmd, db, g.email)
	if err != nil {
		return err
	}
	tokens, err := db.store.Tokens(cmd.Context(), a.ID)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ID\tNAME\tSCOPES\tSTATE\tEXPIRES\tLAST USED")
	for _, k := range tokens {
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\t%s\n", k.ID, k.Name, strings.Join(k.Scopes.Words(), ","), p.tokenState(k), day(&k.ExpiresAt), day(k.LastUsedAt))
	}
	return t.Flush()
}

func (p *program) tokenState(k account.Token) string {
	switch {
	case k.RevokedAt != nil:
		return "revoked"
	case !k.Works(p.now()):
		return "expired"
	}
	return "active"
}

func (p *program) revokeToken(cmd *cobra.Command, db *database, g grant) error {
	if g.id < 1 {
		return flagError(cmd, "id", errors.New("is missing: give the number that token list prints"))
	}
	a, err := findAccount(cmd, db, g.email)
	if err != nil {
		return err
	}
	if err := db.store.RevokeToken(cmd.Context(), a.ID, g.id, p.now()); err != nil {
		return fmt.Errorf("%s: %w", a.Email, err)
	}
	fmt.Fprintf(p.stdout, "Revoked token %d of %s\n", g.id, a.Email)
	return nil
}
