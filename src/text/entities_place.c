// SPDX-License-Identifier: AGPL-3.0-or-later
// Places (a list of our own: countries, capitals, large cities, as people of six languages call them) and products.
#include "text/entities_impl.h"

#define PLACE_WORDS 3
#define PLACE_NAMES_MAX 1200

// The English name, then what others call it; _ stands for a space. ! : also an everyday word or a name of people, so
// only after a word that leads to a place.
// clang-format off
static const char *const PLACES[] = {
	"Germany Deutschland Allemagne Alemania Germania Alemanha", "France Frankreich Francia Franca", "Spain Spanien Espagne Espana Spagna Espanha",
	"Italy Italien Italie Italia", "Portugal Portogallo", "United_Kingdom Great_Britain Grossbritannien Royaume-Uni Reino_Unido Regno_Unito England UK",
	"Ireland Irland Irlande Irlanda", "Scotland Schottland Ecosse Escocia Scozia", "Wales", "Austria Osterreich Autriche",
	"Switzerland Schweiz Suisse Suiza Svizzera Suica", "Netherlands Niederlande Pays-Bas Paises_Bajos Paesi_Bassi Paises_Baixos Holland",
	"Belgium Belgien Belgique Belgica Belgio", "Luxembourg Luxemburg Luxemburgo Lussemburgo", "Denmark Danemark Dinamarca Danimarca",
	"Sweden Schweden Suede Suecia Svezia", "Norway Norwegen Norvege Noruega Norvegia", "Finland Finnland Finlande Finlandia",
	"Iceland Island Islande Islandia Islanda", "Poland Polen Pologne Polonia",
	"Czechia Czech_Republic Tschechien Tchequie Chequia Cechia Repubblica_Ceca", "Slovakia Slowakei Slovaquie Eslovaquia Slovacchia",
	"Hungary Ungarn Hongrie Hungria Ungheria", "Romania Rumanien Roumanie Rumania Romenia", "Bulgaria Bulgarien Bulgarie",
	"Greece Griechenland Grece Grecia", "!Turkey Turkei Turquie Turquia Turchia", "Croatia Kroatien Croatie Croacia Croazia",
	"Slovenia Slowenien Slovenie Eslovenia", "Serbia Serbien Serbie Servia", "Ukraine Ucrania Ucraina", "Russia Russland Russie Rusia",
	"Estonia Estland Estonie", "Latvia Lettland Lettonie Letonia Lettonia", "Lithuania Litauen Lituanie Lituania",
	"United_States USA Etats-Unis Estados_Unidos Stati_Uniti Vereinigte_Staaten America", "Canada Kanada", "Mexico Mexiko Mexique Messico",
	"Brazil Brasilien Bresil Brasil Brasile", "Argentina Argentinien Argentine", "Chile Chili", "Colombia Kolumbien Colombie", "Peru Perou",
	"Venezuela", "Uruguay", "Ecuador Equateur", "Bolivia Bolivien Bolivie", "Paraguay", "Cuba Kuba", "China Chine Cina", "Japan Japon Giappone Japao",
	"India Indien Inde", "South_Korea Sudkorea Coree_du_Sud Corea_del_Sur Corea_del_Sud Coreia_do_Sul", "Taiwan", "Vietnam",
	"Thailand Thailande Tailandia Thailandia", "Indonesia Indonesien Indonesie", "Malaysia", "Singapore Singapur Singapour Singapura",
	"Philippines Philippinen Filipinas Filippine", "Australia Australien Australie",
	"New_Zealand Neuseeland Nouvelle-Zelande Nueva_Zelanda Nuova_Zelanda Nova_Zelandia", "South_Africa Sudafrika Afrique_du_Sud Sudafrica",
	"Egypt Agypten Egypte Egipto Egitto", "Morocco Marokko Maroc Marruecos Marocco Marrocos", "Algeria Algerien Algerie Argelia",
	"Tunisia Tunesien Tunisie Tunez", "Nigeria", "Kenya Kenia", "Ghana", "Israel", "Saudi_Arabia Saudi-Arabien Arabie_saoudite Arabia_Saudi",
	"United_Arab_Emirates Emirats_arabes_unis Emiratos_Arabes_Unidos", "Iran", "Iraq Irak", "Pakistan", "Bangladesh", "Angola",
	"Mozambique Mosambik Mocambique", "!Jordan Jordanien Jordanie Jordania Giordania", "!Georgia Georgien Georgie", "!Chad Tschad Tchad",
	"Berlin Berlino Berlim", "Hamburg Hambourg Hamburgo Amburgo", "Munich Munchen Muenchen Monaco_di_Baviera Munique", "Cologne Koln Koeln Colonia",
	"Frankfurt Francfort Francoforte", "Stuttgart", "Dusseldorf Duesseldorf", "Leipzig Lipsia", "Dresden Dresde Dresda", "Hanover Hannover",
	"Nuremberg Nurnberg Nuernberg", "Bremen", "!Essen", "Dortmund", "Bonn", "!Mannheim", "!Halle", "Karlsruhe", "Freiburg", "Augsburg", "Paris Parigi",
	"Marseille Marsella Marsiglia", "Lyon Lione", "Toulouse Tolosa", "!Nice Nizza", "Nantes", "Strasbourg Strassburg Estrasburgo", "Bordeaux Burdeos",
	"Lille", "Rennes", "Montpellier", "Grenoble", "!Tours", "Dijon", "Reims", "Madrid", "Barcelona Barcelone Barcellona", "Valencia Valence",
	"Seville Sevilla Siviglia Sevilha", "Zaragoza Saragossa", "Malaga", "Bilbao", "Granada", "Murcia", "Alicante", "Cordoba", "Valladolid",
	"Rome Roma Rom", "Milan Milano Mailand", "Naples Napoli Neapel Napoles", "Turin Torino", "Florence Firenze Florenz Florencia Florenca",
	"Venice Venezia Venedig Venise Venecia Veneza", "Bologna Bolonia", "Genoa Genova Genua Genes", "Palermo", "Bari", "Verona", "Catania", "!Como",
	"Padua Padova", "Trieste", "Lisbon Lisboa Lissabon Lisbonne Lisbona", "Porto Oporto", "Braga", "Coimbra", "Faro", "Aveiro", "Sao_Paulo",
	"Rio_de_Janeiro", "Brasilia", "Salvador", "Fortaleza", "Belo_Horizonte", "Curitiba", "Recife", "Porto_Alegre", "Manaus", "London Londres Londra",
	"Manchester", "Birmingham", "Liverpool", "Leeds", "Bristol", "Edinburgh Edimbourg Edimburgo", "Glasgow", "Cardiff", "Belfast",
	"Dublin Dublino Dublim", "!Reading", "!Bath", "!Cork", "Oxford", "Cambridge", "Sheffield", "Nottingham", "Newcastle", "Brighton",
	"Vienna Wien Vienne Viena", "Graz", "Salzburg", "Innsbruck", "Zurich Zuerich Zurigo", "Geneva Genf Geneve Ginebra Ginevra", "Basel Bale Basilea",
	"Bern Berne Berna", "Lausanne", "Amsterdam", "Rotterdam", "Utrecht", "The_Hague Den_Haag La_Haye",
	"Brussels Brussel Brussel Bruxelles Bruselas Bruxelas", "Antwerp Antwerpen Anvers Amberes", "Copenhagen Kopenhagen Copenhague Copenaghen",
	"Stockholm Stoccolma Estocolmo", "Oslo", "Helsinki", "Reykjavik", "Warsaw Warschau Varsovie Varsovia Warszawa", "Krakow Krakau Cracovie Cracovia",
	"Prague Prag Praga", "Budapest", "Bucharest Bukarest Bucarest", "Sofia", "Athens Athen Athenes Atenas Atene", "Istanbul Estambul Istambul",
	"Ankara", "Zagreb", "Ljubljana", "Belgrade Belgrad Belgrado", "Kyiv Kiev Kiew", "Moscow Moskau Moscou Moscu Mosca", "Tallinn", "Riga", "Vilnius",
	"Bratislava", "New_York Nueva_York Nova_York", "Los_Angeles", "Chicago", "Houston", "Boston", "Seattle", "San_Francisco", "Miami", "Atlanta",
	"Dallas", "Denver", "Philadelphia", "Las_Vegas", "San_Diego", "Washington", "Detroit", "!Phoenix", "Austin", "Portland", "Toronto", "Montreal",
	"Vancouver", "Ottawa", "Mexico_City Ciudad_de_Mexico", "Guadalajara", "Monterrey", "Buenos_Aires", "Santiago", "Bogota", "Medellin", "!Lima",
	"Caracas", "Quito", "Montevideo", "Havana La_Habana La_Havane", "Beijing Peking Pekin Pechino Pequim", "Shanghai Xangai", "Hong_Kong",
	"Tokyo Tokio Toquio", "Osaka", "Seoul Seul", "Delhi Neu-Delhi", "Mumbai Bombay", "Bangalore Bengaluru", "Bangkok", "Jakarta", "Manila",
	"Kuala_Lumpur", "Sydney", "Melbourne", "Brisbane", "Perth", "Auckland", "Wellington", "Cairo Kairo Le_Caire", "Casablanca", "Rabat", "Tunis",
	"Lagos", "Nairobi", "Johannesburg", "Cape_Town Kapstadt", "Luanda", "Maputo", "Dubai", "Abu_Dhabi", "Tel_Aviv", "Jerusalem", "Tehran", "Baghdad",
	"Europe Europa", "Africa Afrika Afrique", "Bavaria Bayern Baviera", "Catalonia Cataluna Catalogne Catalogna", "California Kalifornien Californie",
	"Texas", "Florida", "Sicily Sicilia Sizilien Sicile", "Tuscany Toscana Toskana Toscane", "Brittany Bretagne", "Andalusia Andalucia Andalusien",
};
// clang-format on
static const char LEADS[] =
	"in from to near nach aus bei a au aux de en dans depuis vers desde hacia da di per em para no na of at";

struct PlaceTable {
	WordTable *names, *leads;
};
enum { LEAD_NEEDED = 1u << 16 };

static void add(WordTable *t, Str name, uint32_t value)
{
	uint32_t h = 0;
	for (bool first = true; name.n; first = false) {
		size_t n = 0;
		char low[40];
		while (n < name.n && name.p[n] != '_' && name.p[n] != '-') n++;
		for (size_t i = 0; i < n && i < sizeof low; i++) low[i] = (char)(name.p[i] | 32);
		uint32_t word = signs_hash((Str){low, size_min(n, sizeof low)});
		h = first ? word : hash_pair(h, word);
		name = str_sub(name, n + 1, name.n);
	}
	word_table_add(t, h, value);
}

const PlaceTable *entity_places_new(Arena *a)
{
	PlaceTable *p = ARENA_NEW(a, PlaceTable, 1);
	p->names = word_table_new(a, PLACE_NAMES_MAX);
	p->leads = word_table_new(a, 64);
	word_table_add_all(p->leads, LEADS, 1);
	for (uint32_t i = 0; i < COUNTOF(PLACES); i++) {
		Str rest = str_from(PLACES[i]), name;
		bool lead = rest.p[0] == '!';
		for (rest = str_sub(rest, lead, rest.n); rest.n; lead = false) {
			rest = str_cut(rest, ' ', &name);
			add(p->names, name, (i + 1) | (lead ? LEAD_NEEDED : 0));
		}
	}
	return p;
}

static void put_place(EntityFinder *f, uint32_t w, uint32_t words, uint32_t place)
{
	Str name;
	size_t value = f->values.n;
	Str all = str_from(PLACES[place - 1]);
	str_cut(all.p[0] == '!' ? str_sub(all, 1, all.n) : all, ' ', &name);
	for (size_t i = 0; i < name.n; i++) buf_char(&f->values, name.p[i] == '_' ? ' ' : name.p[i]);
	entity_put(f, ENTITY_PLACE, f->signs->words[w].from, f->signs->words[w + words - 1].to, value);
}

static bool one_space(const Signs *s, uint32_t w)
{
	uint32_t at = s->words[w].to;
	return s->words[w + 1].from - at == 1 && (s->v[at].class == SIGN_SPACE || s->v[at].c == '-');
}

// The longest name that begins at word w: how many words it has, 0 for none.
static uint32_t place_at(const EntityFinder *f, uint32_t w, uint32_t *ret_place)
{
	const Signs *s = f->signs;
	uint32_t h = 0, words = 0;
	bool led = w && word_table_find(f->places->leads, s->words[w - 1].hash);
	for (uint32_t k = 0; k < PLACE_WORDS && w + k < s->words_n && entity_free(f, s->words[w + k].from); k++) {
		if (k && !one_space(s, w + k - 1)) break;
		h = k ? hash_pair(h, s->words[w + k].hash) : s->words[w].hash;
		uint32_t place = word_table_find(f->places->names, h);
		if (!place || (place & LEAD_NEEDED && !led)) continue;
		*ret_place = place & (LEAD_NEEDED - 1);
		words = k + 1;
	}
	return words;
}

void entities_places(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0; w < s->words_n; w++) {
		uint32_t place = 0;
		if (!s->words[w].upper || s->words[w].digits) continue;
		uint32_t words = place_at(f, w, &place);
		if (!words) continue;
		put_place(f, w, words, place);
		w += words - 1;
	}
}

void entities_products(EntityFinder *f)
{
	const Signs *s = f->signs;
	for (uint32_t w = 0; w < s->words_n; w++) {
		Str name;
		if (!entity_free(f, s->words[w].from)) continue;
		uint32_t words = catalogue_find(f->catalogue, s, w, &name);
		if (!words || !entity_free(f, s->words[w + words - 1].from)) continue;
		size_t value = f->values.n;
		buf_str(&f->values, name);
		entity_put(f, ENTITY_PRODUCT, s->words[w].from, s->words[w + words - 1].to, value);
		w += words - 1;
	}
}
