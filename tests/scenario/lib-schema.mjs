// SPDX-License-Identifier: AGPL-3.0-or-later
// The part of JSON Schema that the OpenAPI file may use: type (one or several), properties, required, items,
// additionalProperties, enum, const, minimum, maximum, minLength, maxLength, pattern, anyOf, oneOf, allOf and $ref.
// Anything else in a schema is an error here, so that nothing goes unchecked silently.
const KNOWN = new Set(["type", "properties", "required", "items", "additionalProperties", "enum", "const", "minimum", "maximum", "minLength", "maxLength", "pattern", "anyOf", "oneOf", "allOf", "$ref", "description", "format", "title", "default", "example", "examples"]);

function typeOf(v) {
	if (v === null) return "null";
	if (Array.isArray(v)) return "array";
	return Number.isInteger(v) ? "integer" : typeof v;
}

function resolve(root, ref) {
	let at = root;
	for (const part of ref.replace(/^#\//, "").split("/")) at = at?.[part.replace(/~1/g, "/").replace(/~0/g, "~")];
	if (!at) throw new Error(`${ref} is not there`);
	return at;
}

// Throws with the place of the first fault.
export function validate(root, schema, value, at) {
	if (schema === true) return;
	if (schema === false) throw new Error(`${at}: may not be there`);
	for (const key of Object.keys(schema)) if (!KNOWN.has(key)) throw new Error(`${at}: the schema says "${key}", which this test does not know`);
	if (schema.$ref) validate(root, resolve(root, schema.$ref), value, at);
	for (const s of schema.allOf ?? []) validate(root, s, value, at);
	for (const kind of ["anyOf", "oneOf"]) {
		if (!schema[kind]) continue;
		const fits = schema[kind].filter((s) => { try { validate(root, s, value, at); return true; } catch { return false; } }).length;
		if (kind === "anyOf" ? !fits : fits !== 1) throw new Error(`${at}: fits ${fits} of ${kind}`);
	}
	const type = typeOf(value), types = [schema.type ?? type].flat();
	if (!types.includes(type) && !(type === "integer" && types.includes("number"))) throw new Error(`${at}: ${type} instead of ${types.join("|")}`);
	if (schema.enum && !schema.enum.includes(value)) throw new Error(`${at}: ${value} is none of ${schema.enum}`);
	if ("const" in schema && schema.const !== value) throw new Error(`${at}: ${value} is not ${schema.const}`);
	if (typeof value === "number" && (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity))) throw new Error(`${at}: ${value} is out of range`);
	if (typeof value === "string") {
		const n = [...value].length;
		if (n < (schema.minLength ?? 0) || n > (schema.maxLength ?? Infinity)) throw new Error(`${at}: ${n} characters`);
		if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) throw new Error(`${at}: "${value}" is not like ${schema.pattern}`);
	}
	if (type === "array") value.forEach((v, i) => validate(root, schema.items ?? true, v, `${at}[${i}]`));
	if (type !== "object") return;
	for (const key of schema.required ?? []) if (!(key in value)) throw new Error(`${at}: "${key}" is missing`);
	for (const [key, v] of Object.entries(value)) {
		const s = schema.properties?.[key] ?? schema.additionalProperties ?? true;
		if (s === false) throw new Error(`${at}: "${key}" is not described`);
		validate(root, s, v, `${at}.${key}`);
	}
}

// The operation of the OpenAPI file that describes a path: [its path there, the operation], or undefined.
// A path without fields is meant before one with them, as the router has it.
export function operationOf(openapi, method, path) {
	const found = Object.entries(openapi.paths).filter(([p, item]) => item[method] && new RegExp(`^${p.replace(/\{\w+\}/g, "[^/]+")}$`).test(path.split("?")[0]))
		.sort(([a], [b]) => (a.match(/\{/g) ?? []).length - (b.match(/\{/g) ?? []).length)[0];
	return found && [found[0], found[1][method]];
}

// Holds one reply of the API against the file: a good one against its schema, a bad one against that of problems.
export function checkReply(openapi, method, path, r) {
	const found = operationOf(openapi, method, path), at = `${method} ${path}`;
	if (!found) return;
	if (r.status >= 400) {
		if (!/^application\/problem\+json/.test(r.headers["content-type"] ?? "")) throw new Error(`${at}: ${r.status} is ${r.headers["content-type"]}`);
		if (r.json?.status !== r.status) throw new Error(`${at}: not a problem: ${r.body}`);
		validate(openapi, (found[1].responses[r.status] ?? found[1].responses.default).content["application/problem+json"].schema, r.json, at);
		return;
	}
	const listed = found[1].responses[r.status] ?? found[1].responses[`${String(r.status)[0]}XX`];
	if (!listed) throw new Error(`${at}: ${r.status} is not described`);
	const schema = listed.content?.["application/json"]?.schema;
	if (schema) validate(openapi, schema, r.json, at);
}
