package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"normmap/internal/account"
	"normmap/internal/norms"
)

type actorKey struct{}

// actor is who makes the request; a visitor unless the operation is guarded.
func actor(ctx context.Context) account.Actor {
	by, _ := ctx.Value(actorKey{}).(account.Actor)
	return by
}

// guarded lets an operation begin only for those who may do one of the things
// that it does, and before anything they sent is looked at.
func (a *api) guarded(does ...account.Action) huma.Middlewares {
	return huma.Middlewares{func(c huma.Context, next func(huma.Context)) {
		by, err := a.holder(c.Context(), c.Header("Authorization"))
		if a.Acts != nil {
			a.Acts(c.Context(), by)
		}
		if err == nil && !slices.ContainsFunc(does, by.Can) {
			err = mayNot(by, does[0])
		}
		if err != nil {
			r, w := humachi.Unwrap(c)
			a.refuse(w, r, err)
			return
		}
		c.SetHeader("Cache-Control", "no-store")
		next(huma.WithValue(c, actorKey{}, by))
	}}
}

// needs is under which an operation notes what it is guarded by.
const needs = "needs"

// Operation is something that one can ask for, and what one must be allowed:
// one of the actions.
type Operation struct {
	Method, Path string
	Needs        []account.Action
}

// Operations lists what can be asked of a handler that New made.
func Operations(h http.Handler) []Operation {
	a, ok := h.(*api)
	if !ok {
		return nil
	}
	var list []Operation
	for path, item := range a.huma.OpenAPI().Paths {
		for method, op := range map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post,
			http.MethodPut: item.Put, http.MethodPatch: item.Patch, http.MethodDelete: item.Delete} {
			if op == nil {
				continue
			}
			does, guarded := op.Metadata[needs].([]account.Action)
			if !guarded {
				does = []account.Action{account.Read}
			}
			list = append(list, Operation{method, path, does})
		}
	}
	slices.SortFunc(list, func(a, b Operation) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	return list
}

// mayNot says what is missing: the scope of the token, or the account's role.
func mayNot(by account.Actor, do account.Action) error {
	role, _ := do.Needs()
	if do == account.AnswerForOrganization && by.OrganizationID == 0 {
		return norms.Errorf(norms.Forbidden, "this needs an account that is bound to an organization; an administrator binds it")
	}
	if scope, _ := do.Scope(); by.Role.Includes(role) && !by.Scopes.Allow(do) {
		return norms.Errorf(norms.Forbidden, "this token was made to %s; this needs one with the scope %s", strings.ReplaceAll(string(by.Scopes), " ", " and "), scope)
	}
	return norms.Errorf(norms.Forbidden, "this token acts for an account with the role %s; this needs the role %s or a higher one", by.Role, role)
}

// holder is for whom the token in an Authorization header acts (RFC 6750).
func (a *api) holder(ctx context.Context, header string) (account.Actor, error) {
	scheme, token, _ := strings.Cut(strings.TrimSpace(header), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return account.Actor{}, norms.Errorf(norms.Unauthenticated, "writing needs an API token: send Authorization: Bearer %s…; tokens are made on the account page", account.TokenPrefix)
	}
	who, err := a.Store.ActorByToken(ctx, strings.TrimSpace(token))
	if norms.KindOf(err) == norms.Unauthenticated {
		return account.Actor{}, failed(http.StatusUnauthorized, err.Error()).
			with("WWW-Authenticate", `Bearer realm="normmap", error="invalid_token"`)
	}
	return who, err
}
