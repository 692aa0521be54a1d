// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of the text tables, one line for each file demo_text_*.c; demo_text.c collects them.
#pragma once
#include "demo/demo_text.h"

#define DEMO_PATTERNS_1_N 9
#define DEMO_PATTERNS_2_N 9
#define DEMO_PATTERNS_3_N 10
#define DEMO_PATTERNS_4_N 11
#define DEMO_PATTERNS_5_N 11
#define DEMO_PATTERNS_6_N 11
#define DEMO_PATTERNS_7_N 3
#define DEMO_SCRIPTS_1_N 30
#define DEMO_SCRIPTS_2_N 8

extern const DemoPattern DEMO_PATTERNS_1[DEMO_PATTERNS_1_N];
extern const DemoPattern DEMO_PATTERNS_2[DEMO_PATTERNS_2_N];
extern const DemoPattern DEMO_PATTERNS_3[DEMO_PATTERNS_3_N];
extern const DemoPattern DEMO_PATTERNS_4[DEMO_PATTERNS_4_N];
extern const DemoPattern DEMO_PATTERNS_5[DEMO_PATTERNS_5_N];
extern const DemoPattern DEMO_PATTERNS_6[DEMO_PATTERNS_6_N];
extern const DemoPattern DEMO_PATTERNS_7[DEMO_PATTERNS_7_N];
extern const DemoScript DEMO_SCRIPTS_1[DEMO_SCRIPTS_1_N];
extern const DemoScript DEMO_SCRIPTS_2[DEMO_SCRIPTS_2_N];
