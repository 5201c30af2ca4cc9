package quote

import "strings"

// terms are words of the field that mean the same, a group a line: texts say
// them in two languages, as one word or as several, and stems do not show it.
// They are written without accents.
const terms = `
hack back|hackback|counter attack|counterattack|counter strike|riposte|represailles numeriques|contre attaque|contre piratage
life cycle|lifecycle|cycle de vie
election|electoral|elections|referendum|scrutin|vote|voting
non proliferation|proliferation|spread of tools
malicious|malveillant|malveillance|malware|malveillants|malveillantes
tool|outil
theft|steal|stealing|stolen|vol|voler
intellectual property|propriete intellectuelle
trade secret|secret des affaires|secret commercial|secrets commerciaux|trade secrets
flaw|vulnerability|faille|vulnerabilite|vulnerabilities
disclose|disclosure|divulgation|divulguer
backdoor|back door|porte derobee|portes derobees|hidden way|hidden ways
weapon|cyberweapon|arme|cyberarme|weapons
attack|cyberattack|attaque|cyberattaque|cyberattacks
supply chain|chaine d approvisionnement|supplier|suppliers|fournisseur
hygiene|habit
botnet|reseau de zombies|reseaux de machines zombies
tamper|tampering|alteration|manipulation|alter
user|utilisateur|usager
customer|client
privacy|vie privee
human right|human rights|droits de l homme|droits humains
routing|routage
spoof|spoofing|usurpation|spoofed
filter|filtering|filtrage
propagation|propagate|diffusion
emergency response team|response team|csirt|cert|response teams
public core|coeur public|noyau public
capacity building|renforcement des capacites
awareness|sensibilisation
confidence building|confiance mutuelle
behaviour|behavior|comportement
patch|correctif
affordable|abordable
everyone|everybody|tous
child|enfant
law|droit|loi
state|etat
government|gouvernement
company|entreprise
developer|developpeur
design|conception
share|partage|partager
crime|criminalite|cybercrime|cybercriminalite
territory|territoire
incident|incidents
notification|notify|notifier
certification|certificat|certificate
penalty|sanction|penalties
standardisation|standardization|normalisation|standard
training|formation
supervision|surveillance
encryption|encrypt|chiffrement
actor|acteur
non state|non etatique
offensive|offense|offence
cyber|digital|numerique|informatique
defend|defendre|defence|defense
private|prive|privee
process|processus
protect|proteger
`

// term is one way to say something, in stems.
type term struct {
	stems []string
	key   string // of what it says
}

// termList finds terms by their first stem, the longest first.
func (s *stems) termList() map[string][]term {
	all := map[string][]term{}
	for _, line := range strings.Split(strings.TrimSpace(terms), "\n") {
		ways := strings.Split(line, "|")
		for _, way := range ways {
			t := term{key: "=" + ways[0]}
			for _, w := range strings.Fields(way) {
				t.stems = append(t.stems, s.english(w))
			}
			all[t.stems[0]] = append(all[t.stems[0]], t)
			s.otherwise(all, way, t)
		}
	}
	return all
}

// otherwise adds a term of one word by its French stem, too.
func (s *stems) otherwise(all map[string][]term, way string, t term) {
	if f := s.french(way); len(t.stems) == 1 && f != t.stems[0] {
		all[f] = append(all[f], term{[]string{f}, t.key})
	}
}
