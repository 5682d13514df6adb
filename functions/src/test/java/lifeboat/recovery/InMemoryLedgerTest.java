package lifeboat.recovery;

import lifeboat.catalog.Environment;

class InMemoryLedgerTest extends RecoveryLedgerContractTest {
    @Override
    protected RecoveryLedger empty(Environment environment) {
        return new InMemoryLedger();
    }
}
