# SPDX-License-Identifier: AGPL-3.0-or-later
# C source without comments and without the insides of strings and characters, line for line, as FILE:LINE:TEXT.
FNR == 1 { comment = 0 }
{
	out = ""; n = length($0); i = 1
	while (i <= n) {
		c = substr($0, i, 1); two = substr($0, i, 2)
		if (comment) { if (two == "*/") { comment = 0; i += 2 } else i++; continue }
		if (two == "/*") { comment = 1; i += 2; continue }
		if (two == "//") break
		if (c == "\"" || c == "'") {
			out = out c; i++
			while (i <= n && substr($0, i, 1) != c) i += substr($0, i, 1) == "\\" ? 2 : 1
			out = out c; i++; continue
		}
		out = out c; i++
	}
	print FILENAME ":" FNR ":" out
}
