package norms

// Groups are the stakeholder groups in which an addressee can be found. The
// rule is generous: it leaves out only groups to which a principle cannot be
// speaking, so that what it finds is worth a look. A word for which there is no
// rule has none, and is never found.
func (a Addressee) Groups() []StakeholderGroup {
	switch a {
	case "states":
		return []StakeholderGroup{"government", "intergovernmental"}
	case "eu_institutions":
		return []StakeholderGroup{"intergovernmental"}
	case "private_sector", "signatory_companies", "digital_service_providers", "manufacturers":
		return []StakeholderGroup{"private_sector"}
	case "cdn_and_cloud_providers", "equipment_vendors":
		return []StakeholderGroup{"private_sector", "technical_community"}
	case "internet_exchange_points", "developers", "non_state_actors":
		return []StakeholderGroup{"private_sector", "civil_society", "technical_community", "academia"}
	case "network_operators", "essential_service_operators", "essential_and_important_entities", "conformity_assessment_bodies":
		return []StakeholderGroup{"government", "private_sector", "technical_community", "academia"}
	case "citizens":
		return []StakeholderGroup{"civil_society", "technical_community", "academia"}
	case "all":
		return StakeholderGroups
	}
	return nil
}
