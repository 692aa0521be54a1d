// SPDX-License-Identifier: AGPL-3.0-or-later
// A cell of a CSV file (RFC 4180) with a text that people wrote. It is always quoted, has no tabs or line ends, and one that a
// spreadsheet would take for a formula has a ' before it: after =, +, - and @, their full-width forms, and what stands before
// them and is not shown.
#pragma once
#include "base/buf.h"
#include "base/str.h"

void csv_text(Buf *b, Str s);
