package schema

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"normmap/internal/norms"
	"normmap/internal/store/postgres"
)

// extensionsMade is the migration that makes the extensions of search.
const extensionsMade = 10

// extension is one that search needs; Schema is where this database has it.
type extension struct {
	Name      string
	Available bool
	Schema    string
}

const extensions = `
select w.name, a.name is not null as available, coalesce(n.nspname, '') as schema
from unnest(array['pg_trgm', 'unaccent']) with ordinality as w (name, place)
left join pg_available_extensions a on a.name = w.name
left join pg_extension x on x.extname = w.name
left join pg_namespace n on n.oid = x.extnamespace
order by w.place`

// mayExtend refuses to begin when the migration of search would fail: the
// server lacks its extensions, or they are where nothing finds them.
func mayExtend(ctx context.Context, conn *pgx.Conn) error {
	found, err := postgres.Collect[extension](ctx, conn, "the extensions", extensions, pgx.StrictNamedArgs{})
	if err != nil {
		return err
	}
	return extensionProblem(found)
}

func extensionProblem(found []extension) error {
	var missing, moves []string
	for _, x := range found {
		switch {
		case !x.Available:
			missing = append(missing, x.Name)
		case x.Schema != "" && x.Schema != "public":
			moves = append(moves, fmt.Sprintf("alter extension %s set schema public", x.Name))
		}
	}
	switch {
	case len(missing) > 0:
		return norms.Errorf(norms.Conflict, "this PostgreSQL server has no %s, which search needs; "+
			"install its package of extensions (postgresql-contrib on most systems), then migrate again", strings.Join(missing, " and no "))
	case len(moves) > 0:
		return norms.Errorf(norms.Conflict, "extensions that search needs are in a schema where it does not look; let their owner run: %s", strings.Join(moves, "; "))
	}
	return nil
}
