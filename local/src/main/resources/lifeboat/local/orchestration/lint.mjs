// Reads a state machine from standard input and prints what is wrong with it, one finding a line.
import { readFileSync } from 'node:fs';
import validator from 'asl-validator';

const definition = JSON.parse(readFileSync(0, 'utf8'));
const { isValid, errorsText } = validator(definition, { checkArn: true, checkPaths: true });
if (!isValid) {
  process.stdout.write(errorsText('\n') + '\n');
}
