import path from 'node:path';

/** One thing that is wrong at a line of a file (from 1); `kind` is its stable name. */
export interface Finding {
  kind: string;
  file: string;
  line: number;
  message: string;
}

/** Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines. */
export function sarifLog(findings: readonly Finding[]): object {
  const kinds = [...new Set(findings.map(({ kind }) => kind))].toSorted();
  const driver = { name: 'plantwatch', rules: kinds.map((id) => ({ id })) };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results: findings.map(resultOf) }],
  };
}

function resultOf({ kind, file, line, message }: Finding): object {
  const region = { startLine: Math.max(1, line) };
  const physicalLocation = { artifactLocation: { uri: uriOf(file) }, region };
  return { ruleId: kind, level: 'error', message: { text: message }, locations: [{ physicalLocation }] };
}

/** Relative to the folder that the command ran in. */
function uriOf(file: string): string {
  const relative = path.relative('', file) || file;
  return relative.split(path.sep).map(encodeURIComponent).join('/');
}
