#include "cli/options.h"

#include <algorithm>
#include <charconv>

namespace guanhu::cli {

namespace {
bool among(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

base::Error unknown(const std::string& name, const std::vector<std::string_view>& with_value,
                    const std::vector<std::string_view>& switches) {
  std::string known;
  for (auto n : with_value) known += " --" + std::string(n);
  for (auto n : switches) known += " --" + std::string(n);
  return {"cli.option", "unknown option --" + name, "", known.empty() ? "it takes no options" : "known:" + known};
}
}  // namespace

base::Result<Options> Options::parse(const std::vector<std::string>& arguments,
                                     const std::vector<std::string_view>& with_value,
                                     const std::vector<std::string_view>& switches) {
  Options out;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--") {
      out.rest_.insert(out.rest_.end(), arguments.begin() + static_cast<long>(i) + 1, arguments.end());
      break;
    }
    if (word.size() < 3 || word.rfind("--", 0) != 0) {
      out.rest_.push_back(word);
      continue;
    }
    size_t equals = word.find('=');
    std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    std::string value;
    if (among(with_value, name)) {
      if (equals == std::string::npos && i + 1 == arguments.size())
        return base::Error{"cli.value", "--" + name + " needs a value", "", ""};
      value = equals == std::string::npos ? arguments[++i] : word.substr(equals + 1);
    } else if (!among(switches, name) || equals != std::string::npos) {
      return unknown(name, with_value, switches);
    }
    if (!out.named_.emplace(name, value).second)
      return base::Error{"cli.repeated", "--" + name + " is given twice", "", ""};
  }
  return out;
}

std::optional<std::string> Options::get(std::string_view name) const {
  auto at = named_.find(std::string(name));
  if (at == named_.end()) return std::nullopt;
  return at->second;
}

base::Result<std::string> Options::need(std::string_view name) const {
  if (auto value = get(name); value && !value->empty()) return *value;
  return base::Error{"cli.missing", "--" + std::string(name) + " is missing", "", "see --help"};
}

base::Result<long> Options::number(std::string_view name, long otherwise) const {
  auto text = get(name);
  if (!text) return otherwise;
  long value = 0;
  auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size() || value < 0)
    return base::Error{"cli.number", "--" + std::string(name) + " takes a whole number, not '" + *text + "'", "",
                       ""};
  return value;
}

}  // namespace guanhu::cli
