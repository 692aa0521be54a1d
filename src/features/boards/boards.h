// SPDX-License-Identifier: AGPL-3.0-or-later
// Boards, as other features and the command line see them: what is counted and where from (source.h), and a board's question
// and answer (board.h). docs/boards.md says what each measure means.
#pragma once
#include "boards/board.h"
