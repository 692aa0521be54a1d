// SPDX-License-Identifier: AGPL-3.0-or-later
// The model file: named sections of numbers that are used where they lie, mapped from a file or from the program itself
// (docs/adr/0018). Little endian; every section starts at a multiple of 64 bytes.
//
//   "HEARTHTX" version u32, sections u32, then for each: name[16] offset u64 bytes u64
//
// model_open checks every offset and size against the file, and every size against the heads' shapes, so that a damaged
// file is refused and never read out of bounds. The bytes must outlive the Model.
#pragma once
#include "base/ctx.h"
#include "text/head.h"
#include "text/lexicon.h"

#define MODEL_VERSION 3
#define MODEL_NAME_BYTES 16
#define MODEL_SECTIONS_MAX 32
#define MODEL_CODE_BYTES 8
#define MODEL_TAXONOMIES_MAX 4

// What a head's numbers are for; precedes its lanes in a section "NAME.info".
typedef struct HeadInfo {
	uint32_t rows_log2, classes;
	uint32_t names_bytes; // class names, each ended by a newline, follow the lanes
	uint32_t reserved;
} HeadInfo;

typedef struct QualityInfo {
	uint32_t rows_log2, values;
	int64_t mult, bias;
} QualityInfo;

// Risky advice has a lane a class but harmless, in the order of RiskClass; the feeling of GROUP_HINDI a negative and a positive one.
typedef enum SmallLane {
	SMALL_SPAM,
	SMALL_PURCHASE,
	SMALL_USUAL,
	SMALL_RISK = SMALL_USUAL,
	SMALL_HINDI = SMALL_RISK + 3,
	SMALL_N = SMALL_HINDI + 2
} SmallLane;

typedef struct Classes {
	const Str *names;
	size_t n;
} Classes;

typedef struct ClassesWritten {
	uint8_t v[NIBBLE_CLASSES_MAX], n;
} ClassesWritten;

typedef struct Model {
	Lexicon lexicon;
	LaneHead sentiment; // two lanes a SentimentGroup below GROUP_N: negative, positive; neutral is 0
	LaneHead small;     // in the order of SmallLane
	NibbleHead language;
	SparseHead topic;
	QualityHead quality; // rows NULL: a model made without it
	Classes languages, topics;
	struct {
		uint32_t from, to, none; // topics of one taxonomy; the one called "oos", or `to`
	} taxonomies[MODEL_TAXONOMIES_MAX];
	size_t taxonomies_n;
	const uint32_t *scripts;          // of each language: bits of Script
	ClassesWritten written[SCRIPT_N]; // languages in each script
	Str info;                         // what it was trained from, with licences
	bool loaded;
} Model;

MUST_CHECK Status model_open(Ctx *cx, Str bytes, Model *ret_model);
MUST_CHECK Status model_open_file(Ctx *cx, Str path, Model *ret_model); // mapped, for the life of the process
// The one inside the program; ST_UNSUPPORTED if the build had none.
MUST_CHECK Status model_open_own(Ctx *cx, Model *ret_model);

typedef struct ModelSection {
	const char *name;
	Str bytes;
} ModelSection;
MUST_CHECK Status model_write(Ctx *cx, Str path, const ModelSection *sections, size_t n);

extern const char MODEL_OWN[]; // generated; MODEL_OWN_BYTES may be 0
extern const uint64_t MODEL_OWN_BYTES;
