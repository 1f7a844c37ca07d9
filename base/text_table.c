/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taken from the Unicode Character Database 14.0 for Latin, Greek, Cyrillic,
 * Armenian, Hebrew, Arabic, Georgian, Han, Kana and Hangul: letters, digits,
 * punctuation, currency, mathematics.  The scripts whose marks take columns of
 * their own, fillers and the compatibility ideographs are left out. */
#include "text_table.h"

#include <guichet/base/text.h>

#include <stddef.h>
#include <string.h>

struct range {
	uint32_t first, last;
};

static const struct range bases[] = {
	{ 0x0021, 0x007E }, { 0x00A1, 0x00AC }, { 0x00AE, 0x02FF },
	{ 0x0370, 0x0377 }, { 0x037A, 0x037F }, { 0x0384, 0x038A },
	{ 0x038C, 0x038C }, { 0x038E, 0x03A1 }, { 0x03A3, 0x0482 },
	{ 0x048A, 0x052F }, { 0x0531, 0x0556 }, { 0x0559, 0x058A },
	{ 0x058D, 0x058F }, { 0x05BE, 0x05BE }, { 0x05C0, 0x05C0 },
	{ 0x05C3, 0x05C3 }, { 0x05C6, 0x05C6 }, { 0x05D0, 0x05EA },
	{ 0x05EF, 0x05F4 }, { 0x0606, 0x060F }, { 0x061B, 0x061B },
	{ 0x061D, 0x064A }, { 0x0660, 0x066F }, { 0x0671, 0x06D5 },
	{ 0x06DE, 0x06DE }, { 0x06E5, 0x06E6 }, { 0x06E9, 0x06E9 },
	{ 0x06EE, 0x06FF }, { 0x0750, 0x077F }, { 0x10A0, 0x10C5 },
	{ 0x10C7, 0x10C7 }, { 0x10CD, 0x10CD }, { 0x10D0, 0x10FF },
	{ 0x1C90, 0x1CBA }, { 0x1CBD, 0x1CBF }, { 0x1D00, 0x1DBF },
	{ 0x1E00, 0x1F15 }, { 0x1F18, 0x1F1D }, { 0x1F20, 0x1F45 },
	{ 0x1F48, 0x1F4D }, { 0x1F50, 0x1F57 }, { 0x1F59, 0x1F59 },
	{ 0x1F5B, 0x1F5B }, { 0x1F5D, 0x1F5D }, { 0x1F5F, 0x1F7D },
	{ 0x1F80, 0x1FB4 }, { 0x1FB6, 0x1FC4 }, { 0x1FC6, 0x1FD3 },
	{ 0x1FD6, 0x1FDB }, { 0x1FDD, 0x1FEF }, { 0x1FF2, 0x1FF4 },
	{ 0x1FF6, 0x1FFE }, { 0x2010, 0x2027 }, { 0x2030, 0x205E },
	{ 0x2070, 0x2071 }, { 0x2074, 0x208E }, { 0x2090, 0x209C },
	{ 0x20A0, 0x20C0 }, { 0x2100, 0x218B }, { 0x2190, 0x2194 },
	{ 0x219A, 0x219B }, { 0x21A0, 0x21A0 }, { 0x21A3, 0x21A3 },
	{ 0x21A6, 0x21A6 }, { 0x21AE, 0x21AE }, { 0x21CE, 0x21CF },
	{ 0x21D2, 0x21D2 }, { 0x21D4, 0x21D4 }, { 0x21F4, 0x22FF },
	{ 0x2C60, 0x2C7F }, { 0x2D00, 0x2D25 }, { 0x2D27, 0x2D27 },
	{ 0x2D2D, 0x2D2D }, { 0x3001, 0x3029 }, { 0x3030, 0x303F },
	{ 0x3041, 0x3096 }, { 0x309B, 0x30FF }, { 0x3131, 0x3163 },
	{ 0x3165, 0x318E }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },
	{ 0xA720, 0xA7CA }, { 0xA7D0, 0xA7D1 }, { 0xA7D3, 0xA7D3 },
	{ 0xA7D5, 0xA7D9 }, { 0xA7F2, 0xA7FF }, { 0xAB30, 0xAB6B },
	{ 0xAC00, 0xD7A3 }, { 0xFB00, 0xFB06 }, { 0xFF01, 0xFF9F },
	{ 0xFFA1, 0xFFBE }, { 0xFFC2, 0xFFC7 }, { 0xFFCA, 0xFFCF },
	{ 0xFFD2, 0xFFD7 }, { 0xFFDA, 0xFFDC },
};

static const struct range marks[] = {
	{ 0x0300, 0x034E }, { 0x0350, 0x036F }, { 0x0483, 0x0487 },
	{ 0x0591, 0x05BD }, { 0x05BF, 0x05BF }, { 0x05C1, 0x05C2 },
	{ 0x05C4, 0x05C5 }, { 0x05C7, 0x05C7 }, { 0x0610, 0x061A },
	{ 0x064B, 0x065F }, { 0x0670, 0x0670 }, { 0x06D6, 0x06DC },
	{ 0x06DF, 0x06E4 }, { 0x06E7, 0x06E8 }, { 0x06EA, 0x06ED },
	{ 0x1DC0, 0x1DFF }, { 0x20D0, 0x20DC }, { 0x20E1, 0x20E1 },
	{ 0x20E5, 0x20F0 }, { 0x3099, 0x309A },
};

static const struct range wides[] = {
	{ 0x3001, 0x3029 }, { 0x3030, 0x303E }, { 0x3041, 0x3096 },
	{ 0x309B, 0x30FF }, { 0x3131, 0x3163 }, { 0x3165, 0x318E },
	{ 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF }, { 0xAC00, 0xD7A3 },
	{ 0xFF01, 0xFF60 },
};

/* Pairs "letter, composed letter" of each mark, with the mark's canonical
 * combining class: 497 letters. */
static const struct composition {
	uint32_t mark;
	int order;
	const char *pairs;
} compositions[] = {
	{ 0x0300, 230,
	  "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳÂẦÊỀÔỒÜǛâầêềôồüǜĂẰăằĒḔēḕ"
	  "ŌṐōṑƠỜơờƯỪưừ" },
	{ 0x0301, 230,
	  "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕ"
	  "rŕsśuúwẃyýzźÂẤÅǺÆǼÇḈÊẾÏḮÔỐÕṌØǾÜǗâấåǻæǽçḉêếïḯôốõṍøǿüǘĂẮăắ"
	  "ĒḖēḗŌṒōṓŨṸũṹƠỚơớƯỨưứ" },
	{ 0x0302, 230,
	  "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑẠẬạậ"
	  "ẸỆẹệỌỘọộ" },
	{ 0x0303, 230,
	  "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹÂẪÊỄÔỖâẫêễôỗĂẴăẵƠỠơỡƯỮưữ" },
	{ 0x0304, 230,
	  "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳÄǞÆǢÕȬÖȪÜǕäǟæǣõȭöȫüǖǪǬǫǭȦǠȧǡ"
	  "ȮȰȯȱḶḸḷḹṚṜṛṝ" },
	{ 0x0306, 230,
	  "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭȨḜȩḝẠẶạặ" },
	{ 0x0307, 230,
	  "AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣ"
	  "mṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzżŚṤśṥŠṦšṧſẛṢṨṣṩ" },
	{ 0x0308, 230,
	  "AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoötẗuüwẅxẍyÿÕṎõṏŪṺūṻ" },
	{ 0x0309, 230,
	  "AẢEẺIỈOỎUỦYỶaảeẻiỉoỏuủyỷÂẨÊỂÔỔâẩêểôổĂẲăẳƠỞơởƯỬưử" },
	{ 0x030A, 230,
	  "AÅUŮaåuůwẘyẙ" },
	{ 0x030B, 230,
	  "OŐUŰoőuű" },
	{ 0x030C, 230,
	  "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒ"
	  "rřsštťuǔzžÜǙüǚƷǮʒǯ" },
	{ 0x030F, 230,
	  "AȀEȄIȈOȌRȐUȔaȁeȅiȉoȍrȑuȕ" },
	{ 0x0311, 230,
	  "AȂEȆIȊOȎRȒUȖaȃeȇiȋoȏrȓuȗ" },
	{ 0x031B, 216,
	  "OƠUƯoơuư" },
	{ 0x0323, 220,
	  "AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒaạbḅdḍeẹhḥiịkḳlḷmṃ"
	  "nṇoọrṛsṣtṭuụvṿwẉyỵzẓƠỢơợƯỰưự" },
	{ 0x0324, 220,
	  "UṲuṳ" },
	{ 0x0325, 220,
	  "AḀaḁ" },
	{ 0x0326, 220,
	  "SȘTȚsștț" },
	{ 0x0327, 202,
	  "CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ" },
	{ 0x0328, 202,
	  "AĄEĘIĮOǪUŲaąeęiįoǫuų" },
	{ 0x032D, 220,
	  "DḒEḘLḼNṊTṰUṶdḓeḙlḽnṋtṱuṷ" },
	{ 0x032E, 220,
	  "HḪhḫ" },
	{ 0x0330, 220,
	  "EḚIḬUṴeḛiḭuṵ" },
	{ 0x0331, 220,
	  "BḆDḎKḴLḺNṈRṞTṮZẔbḇdḏhẖkḵlḻnṉrṟtṯzẕ" },
	{ 0 }
};

static bool in_ranges(const struct range *ranges, size_t count, uint32_t c)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c < ranges[middle].first)
			high = middle;
		else if (c > ranges[middle].last)
			low = middle + 1;
		else
			return true;
	}
	return false;
}

enum text_class text_table_class(uint32_t c)
{
	if (c == 0x20 || c == 0xA0 || c == 0x202F)
		return TEXT_SPACE;
	/* ASCII is most of what comes: spare it the search. */
	if (c < 0x7F)
		return c > 0x20 ? TEXT_BASE : TEXT_REFUSED;
	if (in_ranges(bases, sizeof(bases) / sizeof(*bases), c))
		return TEXT_BASE;
	if (in_ranges(marks, sizeof(marks) / sizeof(*marks), c))
		return TEXT_MARK;
	return TEXT_REFUSED;
}

bool text_table_is_wide(uint32_t c)
{
	return in_ranges(wides, sizeof(wides) / sizeof(*wides), c);
}

static const struct composition *find_mark(uint32_t mark)
{
	const struct composition *row = compositions;

	while (row->mark && row->mark != mark)
		row++;
	return row->mark ? row : NULL;
}

int text_table_order(uint32_t mark)
{
	const struct composition *row = find_mark(mark);

	return row ? row->order : 0;
}

uint32_t text_table_compose(uint32_t base, uint32_t mark)
{
	const struct composition *row = find_mark(mark);
	const char *at, *end;

	if (!row)
		return 0;
	end = row->pairs + strlen(row->pairs);
	for (at = row->pairs; at < end;) {
		uint32_t letter = text_next(&at, end);
		uint32_t composed = text_next(&at, end);

		if (letter == base)
			return composed;
	}
	return 0;
}

/* Return the letter that `pairs` composes into `c`, or 0. */
static uint32_t letter_of(const char *pairs, uint32_t c)
{
	const char *at = pairs, *end = at + strlen(at);

	while (at < end) {
		uint32_t letter = text_next(&at, end);

		if (text_next(&at, end) == c)
			return letter;
	}
	return 0;
}

bool text_table_split(uint32_t c, uint32_t *base, uint32_t *mark)
{
	const struct composition *row;
	char text[5] = "";

	/* Past U+1EFF there is none: spare the other scripts the search. */
	if (c < 0xC0 || c > 0x1EFF)
		return false;
	text_put(text, c);
	for (row = compositions; row->mark; row++) {
		uint32_t letter = 0;

		/* Fast, and often right: the row may hold it as a letter. */
		if (strstr(row->pairs, text))
			letter = letter_of(row->pairs, c);
		if (!letter)
			continue;
		*base = letter;
		*mark = row->mark;
		return true;
	}
	return false;
}
