# DuckDB's C API: the library from npm's @duckdb/node-bindings-linux-x64, the header from npm's
# duckdb tarball; both are put in place by `./dev setup` (third_party/duckdb/setup.sh) and ignored by git.
set(R "${CMAKE_SOURCE_DIR}/third_party/duckdb")
find_path(DuckDB_INCLUDE_DIR duckdb.h PATHS ${R}/include NO_DEFAULT_PATH)
find_library(DuckDB_LIBRARY duckdb PATHS ${R}/node_modules/@duckdb/node-bindings-linux-x64 NO_DEFAULT_PATH)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(DuckDB REQUIRED_VARS DuckDB_LIBRARY DuckDB_INCLUDE_DIR)
if(DuckDB_FOUND AND NOT TARGET DuckDB::C)
  add_library(DuckDB::C SHARED IMPORTED)
  set_target_properties(DuckDB::C PROPERTIES IMPORTED_LOCATION ${DuckDB_LIBRARY}
    IMPORTED_SONAME libduckdb.so INTERFACE_INCLUDE_DIRECTORIES ${DuckDB_INCLUDE_DIR})
endif()
