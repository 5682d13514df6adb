package lifeboat.lab;

import lifeboat.catalog.Resource.RdsInstance;

/// The databases that the lab makes.
public interface LabDatabases {
    /// Puts a table of orders into a database where it is not there yet; what is there stays as it is.
    ///
    /// @return how many orders were put there
    int seed(RdsInstance database);
}
