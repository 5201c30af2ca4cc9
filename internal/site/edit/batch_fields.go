package edit

import (
	"context"

	"normmap/internal/norms"
	"normmap/internal/site/form"
	"normmap/web/page"
	"normmap/web/ui"
	"normmap/web/words"
)

// set names a control after its action.
func set(action string, c page.Control) page.Control {
	c.Name, c.Required = "set_"+action, false
	return c
}

func (s *Site) initiativeFields(ctx context.Context) ([]page.Control, error) {
	all, err := s.Choices(ctx)
	if err != nil {
		return nil, err
	}
	return []page.Control{
		set("status", form.Menu(ctx, "initiative_form.status", "", norms.Statuses, ui.Status)),
		set("kind", form.Menu(ctx, "initiative_form.kind", "", norms.InitiativeKinds, ui.InitiativeKind)),
		set("organization", all["organization"].Control(ctx, form.Field(ctx, "initiative_form.organization"), "")),
		set("heading", form.Line(ctx, "initiative_form.heading")),
		set("source", all["source"].Control(ctx, form.Field(ctx, "initiative_form.source"), words.Text(ctx, "common.none"))),
	}, nil
}

func organizationFields(ctx context.Context) ([]page.Control, error) {
	return []page.Control{
		set("stakeholder_group", form.Menu(ctx, "organization_form.stakeholder_group", words.Text(ctx, "common.none"), norms.StakeholderGroups, ui.StakeholderGroup)),
		set("kind", form.Menu(ctx, "organization_form.kind", "", norms.OrganizationKinds, ui.OrganizationKind)),
	}, nil
}

func linkFields(ctx context.Context) ([]page.Control, error) {
	out := linkControls(ctx)
	for i, c := range out {
		out[i] = set(c.Name, c)
	}
	return append(out, assessmentFields(ctx)...), nil
}

// assessmentFields are what an assessment of all ticked links says; who assesses
// is the account.
func assessmentFields(ctx context.Context) []page.Control {
	out := assessmentControls(ctx)
	for i, c := range out {
		c.Label = words.Text(ctx, "batch.assessment", "Field", c.Label)
		out[i] = set("assess_"+c.Name, c)
	}
	return out
}

func noFields(context.Context) ([]page.Control, error) { return nil, nil }

func adherenceFields(ctx context.Context) ([]page.Control, error) {
	return []page.Control{set("since", form.Date(ctx, "adherence_form.since"))}, nil
}

func citationFields(ctx context.Context) ([]page.Control, error) {
	return []page.Control{set("set_aside", form.Lines(ctx, "citation_form.note", 2))}, nil
}
