// AWS's own validator over every template of a directory: one line a finding, exit 1 where there is an error.
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import validate from '@aws/cloudformation-validate';

const {CelEngine, TemplateFile} = validate;
const directory = process.argv[2];
const templates = readdirSync(directory).filter(name => name.endsWith('.template.json')).sort();
if (templates.length === 0) {
    console.log(`no template in ${directory}`);
    process.exit(1);
}
const engine = new CelEngine();
let errors = 0;
for (const template of templates) {
    const report = engine.validateStandard(new TemplateFile(join(directory, template)));
    for (const found of report.diagnostics) {
        console.log(`${template} ${found.severity} ${found.ruleId} ${found.resourceId ?? ''}: ${found.message}`);
        errors += String(found.severity).toUpperCase() === 'ERROR' || String(found.severity).toUpperCase() === 'FATAL' ? 1 : 0;
    }
}
engine.free();
console.log(`${templates.length} templates, ${errors} errors`);
process.exit(errors === 0 ? 0 : 1);
