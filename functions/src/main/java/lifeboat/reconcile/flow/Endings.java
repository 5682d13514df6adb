package lifeboat.reconcile.flow;

/// Who is told how runs end.
public interface Endings {
    void tell(Run run, Ended ended);
}
