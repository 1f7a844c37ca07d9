/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <guichet/base/fold.h>

#include <string.h>

static void difficult_names_have_their_words(void **state)
{
	static const struct {
		const char *name, *words;
	} rows[] = {
		/* names of the facts, section 11 */
		{ "Lefèvre", "LEFEVRE" }, { "Lefebvre", "LEFEBVRE" },
		{ "Le Gall", "LE GALL" }, { "Le Goff", "LE GOFF" },
		{ "Legoff", "LEGOFF" }, { "Le Bihan", "LE BIHAN" },
		{ "Guégan", "GUEGAN" }, { "Kerhervé", "KERHERVE" },
		{ "D'Hondt", "D HONDT" }, { "D’Almeida", "D ALMEIDA" },
		{ "L'Hostis", "L HOSTIS" }, { "N'Diaye", "N DIAYE" },
		{ "Ndiaye", "NDIAYE" }, { "de La Fontaine", "DE LA FONTAINE" },
		{ "du Bellay", "DU BELLAY" }, { "des Forges", "DES FORGES" },
		{ "De Smet", "DE SMET" },
		{ "Van den Broeck", "VAN DEN BROECK" },
		{ "Vandenbroucke", "VANDENBROUCKE" },
		{ "von Stein", "VON STEIN" }, { "El Amrani", "EL AMRANI" },
		{ "El-Amrani", "EL AMRANI" }, { "Benali", "BENALI" },
		{ "Ben Ali", "BEN ALI" }, { "Aït Ahmed", "AIT AHMED" },
		{ "Da Silva", "DA SILVA" }, { "Dos Santos", "DOS SANTOS" },
		{ "Fernandes", "FERNANDES" }, { "Fernandez", "FERNANDEZ" },
		{ "Gonçalves", "GONCALVES" }, { "Muñoz", "MUNOZ" },
		{ "Núñez", "NUNEZ" }, { "Müller", "MULLER" },
		{ "Mueller", "MUELLER" }, { "Schmidt", "SCHMIDT" },
		{ "Schmitt", "SCHMITT" }, { "Strauß", "STRAUSS" },
		{ "Lebœuf", "LEBOEUF" }, { "Cœur", "COEUR" },
		{ "Lætitia", "LAETITIA" }, { "Noël", "NOEL" },
		{ "Saint-Martin", "SAINT MARTIN" },
		{ "Saint Martin", "SAINT MARTIN" },
		{ "Martin-Dupont", "MARTIN DUPONT" },
		{ "Martin--Dupont", "MARTIN DUPONT" },
		{ "Martin Dupont", "MARTIN DUPONT" }, { "Dupond", "DUPOND" },
		{ "Dupont", "DUPONT" }, { "Thibault", "THIBAULT" },
		{ "Thibaud", "THIBAUD" }, { "Girault", "GIRAULT" },
		{ "Giraud", "GIRAUD" }, { "Renault", "RENAULT" },
		{ "Renaud", "RENAUD" }, { "Hernandez", "HERNANDEZ" },
		{ "Ernandez", "ERNANDEZ" }, { "Phillippe", "PHILLIPPE" },
		{ "Nguyễn", "NGUYEN" }, { "Özdemir", "OZDEMIR" },
		{ "Yıldız", "YILDIZ" }, { "Çelik", "CELIK" },
		{ "Kowalczyk", "KOWALCZYK" }, { "Łukasz", "LUKASZ" },
		{ "Đặng", "DANG" }, { "Traoré", "TRAORE" }, { "Koné", "KONE" },
		{ "Diallo", "DIALLO" }, { "Sow", "SOW" }, { "Ba", "BA" },
		{ "O", "O" }, { "Rouxel de Kerdrel", "ROUXEL DE KERDREL" },
		/* and the edges */
		{ "", "" }, { " - ", "" }, { "\u00A0a\u202Fb ", "A B" },
		{ "Léa-Noëlle d’Hondt", "LEA NOELLE D HONDT" },
		{ "le\u0300vre", "LEVRE" }, { "ÞÓRÐUR", "THORDUR" },
		{ "ŒUVRE ÆGIR", "OEUVRE AEGIR" }, { "Jean,Marie", "JEAN MARIE" },
		{ "Møller", "MOLLER" }, { "STRAẞE", "STRASSE" },
		{ "Louis XIV 2", "LOUIS XIV 2" }, { "山田 Taro", "TARO" },
		{ "Иванов", "" }, { "a\xFF" "b", "AB" }, { "\uFB01n", "FIN" },
		{ "Ệ", "E" }, { "St Martin", "SAINT MARTIN" },
		{ "STE-MARIE", "SAINTE MARIE" }, { "st", "SAINT" },
		{ "Mont St Michel", "MONT SAINT MICHEL" },
		{ "St. Jean", "SAINT JEAN" }, { "Stéphane", "STEPHANE" },
		{ "Ernst", "ERNST" }, { "Est", "EST" },
	};
	char out[128];

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		fold_words(out, sizeof(out), rows[i].name);
		assert_string_equal(out, rows[i].words);
	}
}

static void glued_forms_have_no_space(void **state)
{
	static const struct {
		const char *name, *glued;
	} rows[] = {
		{ "Léa-Noëlle d’Hondt", "LEANOELLEDHONDT" },
		{ "Le Goff", "LEGOFF" }, { "Legoff", "LEGOFF" },
		{ "D'Hondt", "DHONDT" }, { "D HONDT", "DHONDT" },
		{ "El-Amrani", "ELAMRANI" }, { "El Amrani", "ELAMRANI" },
		{ "St Martin", "SAINTMARTIN" },
		{ "Saint-Martin", "SAINTMARTIN" }, { "", "" },
	};
	char out[128];

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		fold_glued(out, sizeof(out), rows[i].name);
		assert_string_equal(out, rows[i].glued);
	}
}

static void what_does_not_fit_is_cut(void **state)
{
	char out[16];

	(void)state;
	for (size_t size = 1; size < sizeof(out); size++) {
		memset(out, '#', sizeof(out));
		fold_words(out, size, "Léa de Ste-Anne");
		assert_int_equal(strlen(out), size - 1);
		assert_memory_equal(out, "LEA DE SAINTE ANNE", size - 1);
		assert_int_equal(out[size], '#');
		fold_phonetic(out, size, "Léa de Ste-Anne");
		assert_true(strlen(out) < size);
	}
	fold_words(out, 0, "a");
	fold_glued(out, 0, "a");
	fold_phonetic(out, 0, "a");
}

static void names_of_one_sound_share_a_key(void **state)
{
	static const char *const groups[][6] = {
		{ "Lefèvre", "Lefebvre", "Lefébure", "Le Fèvre", "LEFEBURE" },
		{ "Thibault", "Thibaud", "Thibaut", "Tibo", "Thibeault" },
		{ "Dupont", "Dupond", "DUPONS" },
		{ "Müller", "Mueller", "Muller" },
		{ "Schmidt", "Schmitt", "Schmit" },
		{ "Hernandez", "Ernandez" },
		{ "Le Goff", "Legoff", "LE-GOFF" },
		{ "Philippe", "Phillippe", "Filipe" },
		{ "Durand", "Durant" },
		{ "Renault", "Renaud", "Reynaud", "Raynaud" },
		{ "Girault", "Giraud", "Giraut" },
		{ "Fernandes", "Fernandez" },
		{ "Saint-Martin", "St Martin", "SAINTMARTIN" },
		{ "Leroy", "Leroi", "Le Roy" },
		{ "Chevallier", "Chevalier" },
		{ "Meunier", "Meunié" },
		{ "Georges", "George", "Jorge" },
		{ "Roux", "Rou" },
		{ "Guérin", "Guerin" },
		{ "Lebœuf", "Lebeuf" },
		{ "Rousseau", "Roussot", "Rousseaux" },
		{ "Christian", "Kristian" },
		{ "Jacques", "Jaques", "Jacque" },
		{ "Cœur", "Keur" },
		{ "Benoît", "Benoit" },
		{ "N'Diaye", "Ndiaye" },
		{ "Jean-Marie", "Jan Marie" },
	};
	char first[128], other[128];

	(void)state;
	for (size_t i = 0; i < N_ROWS(groups); i++) {
		fold_phonetic(first, sizeof(first), groups[i][0]);
		assert_true(first[0]);
		for (size_t j = 1; j < 6 && groups[i][j]; j++) {
			fold_phonetic(other, sizeof(other), groups[i][j]);
			if (strcmp(first, other) != 0)
				fail_msg("%s %s, %s %s", groups[i][0], first,
					 groups[i][j], other);
		}
	}
}

static void names_of_different_sounds_have_different_keys(void **state)
{
	static const char *const pairs[][2] = {
		{ "Martin", "Martel" }, { "Martin", "Martinez" },
		{ "Martin", "Marin" }, { "Bernard", "Renard" },
		{ "Petit", "Petitjean" }, { "Dubois", "Dupont" },
		{ "Moreau", "Morel" }, { "Simon", "Simonet" },
		{ "Roux", "Leroux" }, { "Faure", "Favre" },
		{ "Garnier", "Grenier" }, { "Ba", "Bah Diallo" },
		{ "Michel", "Nicolas" }, { "Blanc", "Blin" },
		{ "Boucher", "Bouquet" },
	};
	char a[128], b[128];

	(void)state;
	for (size_t i = 0; i < N_ROWS(pairs); i++) {
		fold_phonetic(a, sizeof(a), pairs[i][0]);
		fold_phonetic(b, sizeof(b), pairs[i][1]);
		if (strcmp(a, b) == 0)
			fail_msg("%s and %s: %s", pairs[i][0], pairs[i][1], a);
	}
}

static void short_names_keep_a_key(void **state)
{
	static const char *const names[] = { "O", "Ba", "Le", "Sow", "De", "Est" };
	char key[64];

	(void)state;
	for (size_t i = 0; i < N_ROWS(names); i++) {
		fold_phonetic(key, sizeof(key), names[i]);
		assert_true(key[0]);
	}
	fold_phonetic(key, sizeof(key), "山田");
	assert_string_equal(key, "");
}

static void a_needle_is_found_without_accents_nor_case(void **state)
{
	static const struct {
		const char *text, *needle;
		bool found;
	} rows[] = {
		{ "Paiement du médecin", "medecin", true },
		{ "Paiement du médecin", "DU MÉD", true },
		{ "Lebœuf", "boeuf", true }, { "Léa-Noëlle", "lea noe", true },
		{ "Stéphane", "st", true }, { "Le Goff", "legoff", false },
		{ "abc", "", true }, { "", "", true }, { "", "a", false },
		{ "abab", "abb", false }, { "aab", "ab", true },
		{ "Martin", "martine", false }, { "l'été", "ete", true },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		if (fold_contains(rows[i].text, rows[i].needle) != rows[i].found)
			fail_msg("« %s » in « %s »", rows[i].needle,
				 rows[i].text);
	}
}

static void names_sort_without_accents_nor_case(void **state)
{
	static const char *const sorted[] = {
		"", "Ba", "Éa", "EB", "Eb", "éb", "Ec", "Le Gall", "Le Goff",
		"Leblanc", "Z",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(sorted); i++) {
		for (size_t j = 0; j < N_ROWS(sorted); j++) {
			int order = fold_compare(sorted[i], sorted[j]);

			assert_int_equal(order < 0, i < j);
			assert_int_equal(order > 0, i > j);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(difficult_names_have_their_words),
		cmocka_unit_test(glued_forms_have_no_space),
		cmocka_unit_test(what_does_not_fit_is_cut),
		cmocka_unit_test(names_of_one_sound_share_a_key),
		cmocka_unit_test(names_of_different_sounds_have_different_keys),
		cmocka_unit_test(short_names_keep_a_key),
		cmocka_unit_test(a_needle_is_found_without_accents_nor_case),
		cmocka_unit_test(names_sort_without_accents_nor_case),
	};

	return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
