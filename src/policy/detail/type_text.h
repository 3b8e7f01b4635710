// Types as they are written: "元 >= 0", "甲 | 乙", "list<date>", "{金额: 元, 日期?: date}", a name.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "policy/decision.h"
#include "policy/detail/source.h"

namespace guanhu::policy::detail {

class TypeReader {
 public:
  // `find`: a named type, null when there is none (or none that can be read); `known`: their names, for hints.
  using Find = std::function<ValueTypePtr(std::string_view name)>;
  TypeReader(const Source& source, Report& report, Find find, std::vector<std::string> known)
      : source_(source), report_(report), find_(std::move(find)), known_(std::move(known)) {}

  // Null: reported.
  ValueTypePtr type(const Text& text);
  // "名称?: 类型 = 默认值  # 提示", one on each line. `defaults`: whether "=" may stand there.
  std::vector<Field> fields(const Text& text, bool defaults, bool& sound);
  std::optional<Field> field(const Text& line, bool defaults, bool hints);

 private:
  ValueTypePtr words(const Text& text);
  ValueTypePtr context(const Text& text);
  ValueTypePtr plain(const Text& text);
  bool constraint(const Text& text, ValueType& type);
  bool interval(const Text& text, ValueType& type);
  ValueTypePtr unknown(const Text& text);
  ValueTypePtr refuse(const Text& at, std::string message, std::string hint);

  const Source& source_;
  Report& report_;
  Find find_;
  std::vector<std::string> known_;
};

// The type with null among its values.
ValueTypePtr nullable(const ValueTypePtr& type);
ValueTypePtr type_of(TypeKind kind);
// "元", "元/户": units are listed in words.h.
bool is_unit(std::string_view text);

}  // namespace guanhu::policy::detail
