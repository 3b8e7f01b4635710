// Expected refusals are values (Error, Result<T>); a broken world is an exception (Broken).
//
// An Error is written for the person who must mend the input: what is wrong, where, how to mend it.
// Broken is for what no input can mend (disk, database, a bug); its text goes to the log and to the
// operator on the command line, never to a user of the client.
#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace guanhu::base {

struct Error {
  std::string code;     // stable, for programs: "feed.row.date", "feel.syntax"
  std::string message;  // what is wrong, one sentence, no trailing stop
  std::string where;    // file:line:column, input name, ...; may be empty
  std::string hint;     // how to mend it; may be empty

  // "where: message (hint)": the form shown on the command line.
  std::string text() const;
};

class Broken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Either a T or an Error. value() on an Error throws Broken: callers check ok() first.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : v_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : v_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return v_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & { return check(), std::get<0>(v_); }
  const T& value() const& { return check(), std::get<0>(v_); }
  T&& value() && { return check(), std::get<0>(std::move(v_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<1>(v_); }

 private:
  void check() const {
    if (!ok()) throw Broken("unchecked error: " + error().text());
  }
  std::variant<T, Error> v_;
};

// A Result without a value.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}
  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

}  // namespace guanhu::base
