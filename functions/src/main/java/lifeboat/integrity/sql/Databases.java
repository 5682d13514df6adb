package lifeboat.integrity.sql;

import java.sql.Connection;
import java.sql.SQLException;
import lifeboat.catalog.Resource;
import lifeboat.restore.CopyName;

/// The way to the databases behind a resource. The caller closes each connection.
public interface Databases {
    /// A new connection to the live database.
    ///
    /// @throws SQLException where the database cannot be reached
    Connection live(Resource resource) throws SQLException;

    /// A new connection to the same database of a restored copy.
    ///
    /// @throws SQLException where the database cannot be reached
    Connection copy(Resource resource, CopyName copy) throws SQLException;
}
