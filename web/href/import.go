package href

// Import is the form by which contributions are sent in.
func Import() string { return "/import" }

// ImportFor is that form for an organization.
func ImportFor(organization string) string { return With(Import(), "organization", organization) }
