package ui

import (
	"normmap/internal/account"
	"normmap/internal/norms"
)

var legalNatures = vocabulary[norms.LegalNature]{
	"binding_law":           "binding law",
	"treaty":                "treaty",
	"un_consensus_norms":    "UN norms adopted by consensus",
	"voluntary_commitment":  "voluntary commitment",
	"operational_programme": "operational programme",
	"expert_recommendation": "expert recommendation",
	"proposal":              "proposal",
}

var spaces = vocabulary[norms.Space]{
	"within_stakeholder_group":   "within one stakeholder group",
	"between_stakeholder_groups": "between stakeholder groups",
	"within_un":                  "within the United Nations",
}

var eventKinds = vocabulary[norms.EventKind]{
	"launched":           "launched",
	"adopted":            "adopted",
	"in_force":           "came into force",
	"repealed":           "repealed",
	"amended":            "amended",
	"amendment_proposed": "amendment proposed",
	"convener_changed":   "convener changed",
	"adherents_counted":  "adherents counted",
	"reaffirmed":         "reaffirmed",
	"endorsed":           "endorsed",
	"programme_added":    "programme added",
	"closed":             "closed",
}

var nouns = vocabulary[norms.Noun]{
	"principle":      "principle",
	"norm":           "norm",
	"action":         "action",
	"article":        "article",
	"recommendation": "recommendation",
	"commitment":     "commitment",
	"clause":         "clause",
	"element":        "element",
}

var addressees = vocabulary[norms.Addressee]{
	"states":                           "states",
	"private_sector":                   "private sector",
	"developers":                       "developers and producers",
	"network_operators":                "network operators",
	"internet_exchange_points":         "Internet exchange points",
	"cdn_and_cloud_providers":          "CDN and cloud providers",
	"equipment_vendors":                "equipment vendors",
	"signatory_companies":              "signatory companies",
	"non_state_actors":                 "non-state actors",
	"essential_service_operators":      "operators of essential services",
	"digital_service_providers":        "digital service providers",
	"essential_and_important_entities": "essential and important entities",
	"conformity_assessment_bodies":     "conformity assessment bodies",
	"manufacturers":                    "manufacturers",
	"citizens":                         "citizens",
	"eu_institutions":                  "EU institutions",
	"all":                              "everyone",
}

var obligations = vocabulary[norms.Obligation]{
	"":            "not stated",
	"mandatory":   "mandatory",
	"recommended": "recommended",
	"optional":    "optional",
}

var bases = vocabulary[norms.NumberingBasis]{
	"printed":  "printed in the text",
	"by_order": "by order in the text",
	"inferred": "inferred by the editors",
}

var organizationKinds = vocabulary[norms.OrganizationKind]{
	"body":       "body",
	"person":     "person",
	"event":      "event",
	"collective": "collective",
}

var stakeholderGroups = vocabulary[norms.StakeholderGroup]{
	"":                    "no stakeholder group",
	"government":          "government",
	"intergovernmental":   "intergovernmental organization",
	"private_sector":      "private sector",
	"civil_society":       "civil society",
	"technical_community": "technical community",
	"academia":            "academia",
}

var adherenceRelations = vocabulary[norms.AdherenceRelation]{
	"signed":      "signed",
	"endorsed":    "endorsed",
	"supported":   "supported",
	"participant": "participant",
	"party":       "party",
	"subject_to":  "subject to",
	"contributed": "contributed",
	"proposed":    "proposed",
	"mentioned":   "mentioned",
}

var initiativeKinds = vocabulary[norms.InitiativeKind]{
	"programme": "programme",
	"policy":    "policy",
	"product":   "product",
	"event":     "event",
	"advocacy":  "advocacy",
	"standards": "standards work",
	"training":  "training",
}

var statuses = vocabulary[norms.Status]{
	"planned":   "planned",
	"ongoing":   "ongoing",
	"completed": "completed",
	"ended":     "ended",
}

var linkRelations = vocabulary[norms.LinkRelation]{
	"supports":        "supports",
	"contrary":        "runs contrary to",
	"no_relationship": "has no relationship with",
}

var linkProperties = vocabulary[norms.LinkProperty]{
	"":            "not specified",
	"example_of":  "is an example of it",
	"integral_to": "is integral to it",
	"precedes":    "has to come before it",
}

var origins = vocabulary[norms.Origin]{
	"contributor": "contributor",
	"curator":     "curator",
	"third_party": "third party",
}

var strengths = vocabulary[norms.Strength]{
	"":         "not stated",
	"direct":   "direct",
	"partial":  "partial",
	"indirect": "indirect",
}

var resolutions = vocabulary[norms.Resolution]{
	norms.Resolved:         "resolved",
	norms.Ambiguous:        "ambiguous",
	norms.OutOfRange:       "out of range",
	norms.UnknownAgreement: "unknown agreement",
	norms.SetAside:         "set aside",
}

var decisions = vocabulary[norms.Decision]{
	"resolve":   "Resolve it to a principle",
	"set_aside": "Set it aside",
	"reopen":    "Open it again",
}

var sourceKinds = vocabulary[norms.SourceKind]{
	"contribution":  "contribution",
	"official_text": "official text",
	"web_page":      "web page",
	"report":        "report",
	"press":         "press article",
	"dataset":       "data set",
}

var exhaustiveness = vocabulary[norms.Exhaustiveness]{
	"exhaustive":    "says that it lists everything",
	"examples_only": "gives examples only",
	"unknown":       "does not say whether it lists everything",
}

var confidences = vocabulary[norms.Confidence]{
	"seen":       "seen",
	"known":      "known",
	"unverified": "unverified",
}

var things = vocabulary[string]{
	"agreement_alias":    "name of an agreement",
	"agreement_event":    "event",
	"initiative_partner": "partner",
	"numbering_label":    "label",
	"citation_line":      "citation line",
	"citation_candidate": "candidate",
	"fact_source":        "source of a fact",
}

var roles = vocabulary[account.Role]{
	account.Visitor:     "visitor",
	account.Contributor: "contributor",
	account.Editor:      "editor",
	account.Reviewer:    "reviewer",
	account.Admin:       "administrator",
}

var cellStates = vocabulary[string]{
	"cited":        "cited",
	"not_reviewed": "not reviewed",
}

// fieldWords are the names of fields that their own spelling does not give.
var fieldWords = map[string]string{
	"started_on":        "Started",
	"ended_on":          "Ended",
	"due_on":            "Due",
	"published_on":      "Published",
	"retrieved_on":      "Retrieved",
	"url":               "Web address",
	"archive_url":       "Archived copy",
	"sha256":            "SHA-256",
	"slug":              "Name in addresses",
	"via":               "Through",
	"organization":      "Organization",
	"organization_id":   "Organization",
	"parent":            "Part of",
	"parent_id":         "Part of",
	"stakeholder_group": "Stakeholder group",
	"from":              "Valid from",
	"to":                "Valid to",
	"email":             "E-mail address",
}
