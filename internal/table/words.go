package table

import (
	"strings"
	"unicode"

	"normmap/internal/norms"
)

// key is how headings and names are compared: lower case without accents,
// signs and superfluous space.
func key(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norms.Unaccented(strings.ToLower(text)) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}

// headings are words under which people list a field, by kind and field. The
// field's own name is one, too.
var headings = map[Kind]map[string][]string{
	Organizations: {
		"name":              {"organization", "organisation", "organization name", "organisation name", "name of organization", "company", "entity", "institution", "member", "nom", "nom de l organisation", "entreprise", "entite", "organisme"},
		"stakeholder_group": {"stakeholder", "stakeholder type", "category", "sector", "type of organization", "organization type", "group", "partie prenante", "groupe", "categorie", "secteur"},
		"kind":              {"type"},
		"agreement":         {"own agreement"},
		"url":               {"website", "web site", "web", "homepage", "link", "site", "site web", "site internet", "lien"},
		"summary":           {"description", "about", "notes", "resume", "presentation"},
		version:             {"revision"},
	},
	Initiatives: {
		"title":        {"initiative", "initiative name", "initiative title", "name", "project", "project name", "programme", "program", "activity", "measure", "action taken", "what", "example", "projet", "activite", "mesure", "intitule", "titre", "nom", "nom de l initiative"},
		"summary":      {"description", "details", "what was done", "about", "text", "resume", "descriptif"},
		"kind":         {"type", "type of initiative", "category", "categorie", "nature"},
		"parent":       {"part of", "parent initiative", "fait partie de"},
		"organization": {"organisation", "company", "entity", "carried out by", "owner", "lead", "who", "organisme", "entreprise", "porteur", "mis en oeuvre par"},
		"reported_by":  {"reporter", "reported", "contributor", "contributeur", "declare par"},
		"heading":      {"section", "area", "theme", "topic", "rubrique"},
		"position":     {"no", "nr", "number", "order", "n", "numero", "ordre"},
		"status":       {"state", "stage", "progress", "statut", "etat", "avancement"},
		"started_on":   {"started", "start", "start date", "from", "since", "launched", "launch date", "debut", "date de debut", "lancement", "depuis"},
		"ended_on":     {"ended", "end", "end date", "until", "to", "fin", "date de fin"},
		"due_on":       {"due", "due date", "deadline", "planned for", "expected", "echeance"},
		"url":          {"website", "web site", "web", "link", "address", "more information", "site web", "lien", "adresse"},
		"source":       {"source document"},
		citations: {"principles", "principle", "norms", "norm", "citation", "references", "reference", "agreements", "agreement", "principles supported", "principle supported",
			"supports", "related principles", "relevant principles", "agreements and principles", "commitments", "provisions", "articles", "principes", "normes", "engagements", "accords"},
		version: {"revision"},
	},
	Agreements: {
		"title":        {"agreement", "agreement title", "full title", "name", "accord", "titre", "intitule"},
		"short_title":  {"short name", "short", "acronym", "abbreviation", "known as", "titre court", "sigle"},
		"aliases":      {"alias", "other names", "also known as", "autres noms"},
		"legal_nature": {"nature", "force", "legal force", "nature juridique"},
		"space":        {"grouping", "between whom"},
		"convener":     {"convenor", "convened by", "launched by", "author", "initiateur", "auteur"},
		"url":          {"website", "web site", "link", "text", "site web", "lien"},
		"summary":      {"description", "about", "resume"},
		version:        {"revision"},
	},
	Adherences: {
		"organization":    {"organisation", "organization name", "organisation name", "company", "entity", "name", "member", "signatory", "supporter", "participant", "who", "nom", "entreprise", "organisme", "signataire", "soutien"},
		organizationGroup: {"stakeholder group", "stakeholder", "category", "sector", "group", "kind", "type", "type of organization", "organization type", "categorie", "secteur"},
		organizationURL:   {"website", "web site", "site web", "homepage"},
		"agreement":       {"text", "commitment", "accord", "engagement"},
		"edition":         {"programme", "program", "version of the text"},
		"relation":        {"how", "role", "type of support", "lien"},
		"via":             {"through", "as a member of", "par"},
		"founding":        {"founder", "founding member", "founding signatory", "fondateur"},
		"since":           {"date", "date signed", "signed on", "date joined", "joined", "joined on", "signature date", "date of signature", "signed", "endorsed on", "date de signature", "date d adhesion", "depuis"},
		"source":          {"source document"},
		"note":            {"notes", "comment", "comments", "remarks", "remarques"},
		kept:              {"country", "nationality", "nature", "region", "pays", "nationalite"},
		version:           {"revision"},
	},
	Links: {
		"initiative": {"project", "programme", "program", "activity", "projet", "activite"},
		"principle":  {"norm", "provision", "commitment", "article", "action", "principe", "norme", "engagement"},
		"relation":   {"link", "lien"},
		"property":   {"kind of support"},
		"origin":     {"asserted"},
		"asserter":   {"asserted by", "according to", "selon"},
		"rationale":  {"reason", "why", "justification", "explanation", "raison", "motif"},
		"strength":   {"how directly", "force"},
		version:      {"revision"},
	},
	Sources: {
		"title":        {"source", "source document", "document", "name", "titre", "intitule", "nom"},
		"kind":         {"type", "type of source", "nature"},
		"publisher":    {"published by", "author", "editeur", "auteur", "publie par"},
		"published_on": {"published", "date", "publication date", "date of publication", "date de publication"},
		"retrieved_on": {"retrieved", "accessed", "accessed on", "consulte le"},
		"url":          {"website", "web site", "web", "link", "address", "lien", "adresse"},
		"archive_url":  {"archive", "archived at", "archived"},
		"language":     {"lang", "langue"},
		"note":         {"notes", "comment", "comments", "remarks", "remarques"},
		version:        {"revision"},
	},
	Citations: {
		"label":     {"cited", "numero"},
		"note":      {"reason", "why", "raison"},
		"principle": {"norm", "provision", "principe", "norme"},
		version:     {"revision"},
	},
	Matrix: {
		"organization": {"organisation", "organization name", "company", "entity", "member", "signatory", "who", "entreprise", "organisme"},
		"title":        {"initiative", "project", "programme", "program", "activity", "measure", "projet", "activite", "mesure"},
	},
}

// values are words that people use for those of closed lists.
var values = map[string]map[string]string{
	"stakeholder_group": {
		"state": "government", "states": "government", "public authority": "government", "public": "government", "governments": "government", "etat": "government", "gouvernement": "government",
		"autorite publique": "government", "local authority": "government", "local authorities": "government", "local government": "government", "collectivite territoriale": "government", "secteur public": "government", "public sector": "government",
		"private": "private_sector", "company": "private_sector", "companies": "private_sector", "business": "private_sector", "industry": "private_sector", "entreprise": "private_sector", "secteur prive": "private_sector",
		"ngo": "civil_society", "societe civile": "civil_society", "ong": "civil_society", "non profit": "civil_society",
		"technical": "technical_community", "communaute technique": "technical_community",
		"university": "academia", "academic": "academia", "research": "academia", "universite": "academia", "recherche": "academia",
		"igo": "intergovernmental", "intergovernmental organization": "intergovernmental", "international organization": "intergovernmental", "organisation internationale": "intergovernmental",
	},
	"status": {
		"in progress": "ongoing", "active": "ongoing", "running": "ongoing", "current": "ongoing", "en cours": "ongoing", "done": "completed", "complete": "completed", "finished": "completed", "termine": "completed", "acheve": "completed",
		"upcoming": "planned", "future": "planned", "prevu": "planned", "a venir": "planned", "stopped": "ended", "closed": "ended", "discontinued": "ended", "arrete": "ended",
	},
	"kind": {
		"program": "programme", "project": "programme", "training course": "training", "education": "training", "formation": "training", "politique": "policy", "produit": "product", "service": "product", "evenement": "event",
		"standard": "standards", "standardization": "standards", "normalisation": "standards", "plaidoyer": "advocacy",
		"organization": "body", "organisation": "body", "company": "body", "individual": "person", "conference": "event", "coalition": "collective",
	},
	"relation": {
		"signatory": "signed", "signataire": "signed", "signe": "signed", "endorser": "endorsed", "endorses": "endorsed", "supporter": "supported", "soutien": "supported", "participates": "participant",
		"subject to": "subject_to", "contributor": "contributed", "proposer": "proposed", "support": "supports", "none": "no_relationship",
	},
	"legal_nature": {"law": "binding_law", "regulation": "binding_law", "directive": "binding_law", "voluntary": "voluntary_commitment", "declaration": "voluntary_commitment", "programme": "operational_programme"},
}

var (
	yes   = set("yes", "y", "true", "x", "1", "oui", "vrai", "✓", "✔", "☑", "●", "•")
	no    = set("no", "n", "false", "0", "non", "faux", "✗", "✘", "☐")
	blank = set("", "-", "–", "—", "n/a", "na", "none", "nil", "not applicable", "aucun", "aucune", "néant", "s/o", "sans objet")
)

func set(words ...string) map[string]bool {
	all := map[string]bool{}
	for _, w := range words {
		all[w] = true
	}
	return all
}
