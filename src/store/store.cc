#include "store/store.h"

namespace guanhu::store {

namespace {
std::string name_of(const Value& value) {
  switch (value.index()) {
    case 0: return "NULL";
    case 1: return "an integer";
    default: return "text";
  }
}

template <class T>
const T& as(const std::vector<Value>& values, size_t column, const char* wanted) {
  if (column >= values.size()) {
    throw base::Broken("column " + std::to_string(column) + " of a row with " + std::to_string(values.size()));
  }
  const T* value = std::get_if<T>(&values[column]);
  if (!value) {
    throw base::Broken("column " + std::to_string(column) + " is " + name_of(values[column]) + ", wanted " +
                       wanted);
  }
  return *value;
}
}  // namespace

int64_t Row::integer(size_t column) const { return as<int64_t>(values_, column, "an integer"); }

const std::string& Row::text(size_t column) const { return as<std::string>(values_, column, "text"); }

std::optional<int64_t> Row::maybe_integer(size_t column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Row::maybe_text(size_t column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

void Session::transaction(const std::function<void()>& body) {
  if (in_transaction_) throw base::Broken("transactions do not nest: one is open in this session");
  begin();
  in_transaction_ = true;
  try {
    body();
    in_transaction_ = false;
    commit();
  } catch (...) {
    in_transaction_ = false;
    // The reason why we are here matters more than a rollback that fails too; a connection that
    // could not roll back refuses the next BEGIN.
    try {
      rollback();
    } catch (const base::Broken&) {}
    throw;
  }
}

}  // namespace guanhu::store
