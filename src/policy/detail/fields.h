// Reads the keys of one table, and reports what is missing, unknown or of the wrong type.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/detail/tree.h"
#include "policy/detail/words.h"

namespace guanhu::policy::detail {

class Fields {
 public:
  // `what` names the table in messages: "measure “存款净增”". `at`: where a missing key is reported.
  Fields(const Source& source, const Node& table, Place at, std::string what, Report& report)
      : source_(source), table_(table), at_(at), what_(std::move(what)), report_(report) {}

  // The required forms report a missing key; the optional ones return nothing.
  std::optional<std::string> text(std::string_view key);  // not empty
  std::string optional_text(std::string_view key);
  std::optional<base::Decimal> number(std::string_view key);
  std::optional<base::Decimal> optional_number(std::string_view key);
  std::optional<base::Date> optional_date(std::string_view key);
  std::optional<bool> optional_boolean(std::string_view key);
  std::vector<std::string> texts(std::string_view key, bool required);   // without repetition
  std::vector<const Node*> tables(std::string_view key, bool required);  // [[key]]
  // `hint`: how to mend it when it is missing; "" = an example.
  const Node* node(std::string_view key, NodeKind kind, bool required, const std::string& hint = "");

  template <class E>
  std::optional<E> choice(std::string_view key, std::span<const Word<E>> words, bool required) {
    const Node* found = node(key, NodeKind::string, required, "可以写：" + listed(words));
    if (!found) return std::nullopt;
    for (const auto& word : words)
      if (found->text == word.name || found->text == word.chinese) return word.value;
    refuse_choice(key, *found, listed(words), names(words));
    return std::nullopt;
  }
  template <class E>
  std::vector<E> choices(std::string_view key, std::span<const Word<E>> words, bool required) {
    std::vector<E> out;
    for (const Node& item : list_of(key, required, "可以写：" + listed(words))) {
      bool known = false;
      for (const auto& word : words)
        if (item.text == word.name || item.text == word.chinese) out.push_back(word.value), known = true;
      if (!known) refuse_choice(key, item, listed(words), names(words));
    }
    return out;
  }

  void refuse(const Node& node, std::string code, std::string message, std::string hint);
  void refuse(std::string_view key, std::string code, std::string message, std::string hint);
  // Reports the keys nobody asked for. True when nothing was wrong with the table.
  bool finish();
  bool sound() const { return sound_; }
  void mark_unsound() { sound_ = false; }  // something in a table below was wrong

 private:
  template <class E>
  static std::string listed(std::span<const Word<E>> words) {
    std::string out;
    for (const auto& word : words)
      out += std::string(out.empty() ? "" : "、") + std::string(word.name) + "(" + std::string(word.chinese) + ")";
    return out;
  }
  template <class E>
  static std::vector<std::string> names(std::span<const Word<E>> words) {
    std::vector<std::string> out;
    for (const auto& word : words) out.insert(out.end(), {std::string(word.name), std::string(word.chinese)});
    return out;
  }
  void refuse_choice(std::string_view key, const Node& node, const std::string& listed,
                     const std::vector<std::string>& names);
  std::span<const Node> list_of(std::string_view key, bool required, const std::string& hint = "");
  void know(std::string_view key);

  const Source& source_;
  const Node& table_;
  Place at_;
  std::string what_;
  Report& report_;
  std::vector<std::string> known_;
  bool sound_ = true;
};

}  // namespace guanhu::policy::detail
