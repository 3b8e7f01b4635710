// Types of FEEL: what `instance of` asks for, what inputs and parameters declare.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/value.h"

namespace guanhu::feel {

struct Type;
using TypeRef = std::shared_ptr<const Type>;

struct Type {
  enum class Name {
    any,
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    days_duration,
    months_duration,
    list,
    context,
    range,
    function
  };
  Name name = Name::any;
  TypeRef element;                                       // of a list or range; null: any
  std::vector<std::pair<std::string, TypeRef>> members;  // of a context
  std::vector<TypeRef> parameters;                       // of a function
  std::vector<std::string> parameter_names;              // of a declared function, may be empty
  TypeRef result;                                        // of a function

  const TypeRef* member(std::string_view name) const;
  std::string str() const;  // "list<number>", "context<a: number>"

  static TypeRef any();
  static TypeRef simple(Name name);
  static TypeRef list_of(TypeRef element);
  static TypeRef range_of(TypeRef element);
  static TypeRef context_of(std::vector<std::pair<std::string, TypeRef>> members);
  static TypeRef function_of(std::vector<TypeRef> parameters, TypeRef result, std::vector<std::string> names = {});
  // A basic name: "number", "date and time", "dateTime", "Any", ...; null for any other.
  static TypeRef named(std::string_view name);
};

// Whether the value belongs to the type. null belongs to Any and Null only.
bool is_instance(const Value& value, const Type& type);
// Whether every value of `a` is a value of `b`.
bool conforms(const Type& a, const Type& b);

}  // namespace guanhu::feel
