// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/token.h"

typedef struct ScriptRange {
	uint32_t from, to;
	Script script;
} ScriptRange;

// Blocks of Unicode 15, in order. Marks and punctuation inside a block count as its script: only letters are asked about.
// clang-format off
static const ScriptRange RANGES[] = {
	{0x41, 0x5a, SCRIPT_LATN}, {0x61, 0x7a, SCRIPT_LATN}, {0xaa, 0xaa, SCRIPT_LATN}, {0xba, 0xba, SCRIPT_LATN},
	{0xc0, 0x24f, SCRIPT_LATN}, {0x250, 0x2af, SCRIPT_LATN}, {0x370, 0x3ff, SCRIPT_GREK}, {0x400, 0x52f, SCRIPT_CYRL},
	{0x531, 0x58f, SCRIPT_ARMN}, {0x591, 0x5f4, SCRIPT_HEBR}, {0x600, 0x6ff, SCRIPT_ARAB}, {0x750, 0x77f, SCRIPT_ARAB},
	{0x8a0, 0x8ff, SCRIPT_ARAB}, {0x900, 0x97f, SCRIPT_DEVA}, {0x980, 0x9ff, SCRIPT_BENG}, {0xa00, 0xa7f, SCRIPT_GURU},
	{0xa80, 0xaff, SCRIPT_GUJR}, {0xb00, 0xb7f, SCRIPT_ORYA}, {0xb80, 0xbff, SCRIPT_TAML}, {0xc00, 0xc7f, SCRIPT_TELU},
	{0xc80, 0xcff, SCRIPT_KNDA}, {0xd00, 0xd7f, SCRIPT_MLYM}, {0xd80, 0xdff, SCRIPT_SINH}, {0xe00, 0xe7f, SCRIPT_THAI},
	{0xe80, 0xeff, SCRIPT_LAOO}, {0xf00, 0xfff, SCRIPT_TIBT}, {0x1000, 0x109f, SCRIPT_MYMR}, {0x10a0, 0x10ff, SCRIPT_GEOR},
	{0x1100, 0x11ff, SCRIPT_HANG}, {0x1200, 0x139f, SCRIPT_ETHI}, {0x1780, 0x17ff, SCRIPT_KHMR}, {0x1c80, 0x1c8f, SCRIPT_CYRL},
	{0x1c90, 0x1cbf, SCRIPT_GEOR}, {0x1e00, 0x1eff, SCRIPT_LATN}, {0x1f00, 0x1fff, SCRIPT_GREK}, {0x2c60, 0x2c7f, SCRIPT_LATN},
	{0x2d80, 0x2ddf, SCRIPT_ETHI}, {0x3005, 0x3007, SCRIPT_HANI}, {0x3041, 0x30ff, SCRIPT_KANA}, {0x3131, 0x318e, SCRIPT_HANG},
	{0x31f0, 0x31ff, SCRIPT_KANA}, {0x3400, 0x4dbf, SCRIPT_HANI}, {0x4e00, 0x9fff, SCRIPT_HANI}, {0xa720, 0xa7ff, SCRIPT_LATN},
	{0xac00, 0xd7a3, SCRIPT_HANG}, {0xf900, 0xfaff, SCRIPT_HANI}, {0xfb00, 0xfb06, SCRIPT_LATN}, {0xfb1d, 0xfb4f, SCRIPT_HEBR},
	{0xfb50, 0xfdff, SCRIPT_ARAB}, {0xfe70, 0xfefc, SCRIPT_ARAB}, {0xff21, 0xff5a, SCRIPT_LATN}, {0xff66, 0xff9d, SCRIPT_KANA},
	{0x20000, 0x323af, SCRIPT_HANI},
};
static const char CODES[SCRIPT_N][5] = {
	"Zyyy", "Latn", "Cyrl", "Grek", "Arab", "Hebr", "Armn", "Geor", "Deva", "Beng", "Guru", "Gujr", "Taml", "Telu",
	"Knda", "Mlym", "Orya", "Sinh", "Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Ethi", "Hani", "Kana", "Hang",
};
// clang-format on

Script script_of(uint32_t cp)
{
	if (cp < 0x80) return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' ? SCRIPT_LATN : SCRIPT_NONE;
	size_t lo = 0, hi = COUNTOF(RANGES);
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (cp > RANGES[mid].to) lo = mid + 1;
		else hi = mid;
	}
	return lo < COUNTOF(RANGES) && cp >= RANGES[lo].from ? RANGES[lo].script : SCRIPT_NONE;
}

const char *script_code(Script s) { return CODES[s]; }

Script text_scan_script(const TextScan *scan)
{
	Script best = SCRIPT_NONE;
	uint32_t most = 0;
	for (int s = SCRIPT_NONE + 1; s < SCRIPT_N; s++)
		if (scan->letters[s] > most) {
			most = scan->letters[s];
			best = (Script)s;
		}
	return best;
}
