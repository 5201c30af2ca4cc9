package store_test

import (
	"context"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5"

	"normmap/internal/pgtest"
	"normmap/internal/store"
	"normmap/internal/store/postgres"
	"normmap/internal/store/schema"
)

// A service with a login of its own can work, and cannot become the owner.
func TestAdmittedLoginActsAsTheApplicationOnly(t *testing.T) {
	t.Parallel()
	owner := pgtest.URL(t)
	conn := connect(t, owner)
	name := "service_" + pgtest.Slug(t)
	role := pgx.Identifier{name}.Sanitize()
	if _, err := conn.Exec(t.Context(), "create role "+role+" login"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dropRole(t, owner, role) })
	u, err := url.Parse(owner)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("user", name)
	u.User, u.RawQuery = nil, q.Encode()
	for range 2 { // the second time there is nothing to do
		if err := schema.Admit(t.Context(), owner, u.String()); err != nil {
			t.Fatal(err)
		}
	}
	pool, err := postgres.Open(t.Context(), u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := store.New(pool).Stats(t.Context()); err != nil {
		t.Errorf("the admitted service cannot read: %v", err)
	}
	if _, err := pool.Exec(t.Context(), "reset role; delete from history.link"); err == nil {
		t.Error("the service's login may change history")
	}
}

func dropRole(t *testing.T, owner, role string) {
	conn, err := pgx.Connect(context.WithoutCancel(t.Context()), owner)
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.Exec(context.WithoutCancel(t.Context()), "drop role if exists "+role); err != nil {
		t.Error(err)
	}
}
