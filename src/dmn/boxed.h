// The compiled form of DMN's expressions. Inside of dmn only.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "dmn/hits.h"
#include "dmn/types.h"
#include "feel/eval.h"
#include "feel/function.h"
#include "feel/program.h"

namespace guanhu::dmn {

struct ModelData;

// Where something stands, for diagnostics: "lending.dmn:31, decision 'Grade'".
using Place = std::string;

// Labels the diagnostics of one evaluation with the places they come from.
class Labels {
 public:
  explicit Labels(std::vector<feel::Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}
  static Labels* of(feel::Eval& eval) { return static_cast<Labels*>(eval.host); }
  // While it lives, what goes wrong is labelled with `place`.
  class At {
   public:
    At(feel::Eval& eval, const Place& place);
    ~At();
    At(const At&) = delete;

   private:
    Labels* labels_;
    const Place* outer_ = nullptr;
  };
  void settle(const Place* place);
  // A failure of the model itself, not of an expression's text. Throws in strict evaluation.
  void report(feel::Eval& eval, const Place& place, const char* code, std::string message);
  static constexpr size_t kMostHits = 1000;
  std::vector<TableHit>* hits = nullptr;  // where tables report their rules; null: nobody asks
  const Place* current = nullptr;
  bool complete = false;  // the Error that ended a strict evaluation says its place already

 private:
  std::vector<feel::Diagnostic>& diagnostics_;
  size_t labelled_ = 0;
};

struct Frame {
  std::vector<feel::Value> slots;  // of the names in sight
  feel::Eval& eval;
  const std::shared_ptr<const ModelData>& model;  // functions made here keep it
};

// Puts a value under a name for a while.
class Bound {
 public:
  Bound(Frame& frame, int slot, feel::Value value) : frame_(frame), slot_(slot) {
    at().swap(value);
    outer_ = std::move(value);
  }
  ~Bound() { at() = std::move(outer_); }
  Bound(const Bound&) = delete;
  feel::Value& at() { return frame_.slots[static_cast<size_t>(slot_)]; }

 private:
  Frame& frame_;
  int slot_;
  feel::Value outer_;
};

class Boxed {
 public:
  virtual ~Boxed() = default;
  // The value, fitted to the expression's own type.
  feel::Value eval(Frame& frame) const;
  Place place;
  const ItemType* type = nullptr;  // null: any

 protected:
  virtual feel::Value run(Frame& frame) const = 0;
};
using BoxedPtr = std::unique_ptr<Boxed>;

// Null with a diagnostic at the place (strict evaluation: Stop).
feel::Value fail(feel::Eval& eval, const Place& place, const char* code, std::string message);
// Fitted or, with a diagnostic, null.
feel::Value fitted(feel::Eval& eval, const Place& place, const feel::Value& value, const ItemType* type);
// What a loop runs over: the items of a list, the numbers or days of a range, a single value.
// False when there is nothing to loop over; the diagnostic is made then.
bool domain_of(feel::Eval& eval, const Place& place, const feel::Value& value, std::vector<feel::Value>& out);

struct Literal : Boxed {
  std::optional<feel::Program> program;  // none: empty text
  feel::Value run(Frame& frame) const override;
};

// What could not be compiled.
struct Failing : Boxed {
  std::string code, message;
  feel::Value run(Frame& frame) const override;
};

struct ContextBox : Boxed {
  struct Entry {
    std::string name;  // empty: the result
    int slot = -1;
    const ItemType* type = nullptr;
    BoxedPtr value;
  };
  std::vector<Entry> entries;
  feel::Value run(Frame& frame) const override;
};

struct ListBox : Boxed {
  std::vector<BoxedPtr> items;
  feel::Value run(Frame& frame) const override;
};

struct RelationBox : Boxed {
  std::vector<std::string> columns;
  std::vector<const ItemType*> types;
  std::vector<std::vector<BoxedPtr>> rows;
  feel::Value run(Frame& frame) const override;
};

struct InvocationBox : Boxed {
  BoxedPtr callee;
  std::vector<std::string> names;
  std::vector<BoxedPtr> arguments;  // null: none given
  feel::Value run(Frame& frame) const override;
};

struct FunctionCode {
  std::string name = "function";
  std::vector<feel::Function::Parameter> parameters;
  std::vector<const ItemType*> types;
  std::vector<int> slots;  // of the parameters
  int self = -1;           // slot of its own name
  size_t slot_count = 0;
  BoxedPtr body;  // null: gives null
  const ItemType* result = nullptr;
  Place place;
};

struct FunctionBox : Boxed {
  std::shared_ptr<FunctionCode> code;
  feel::Value run(Frame& frame) const override;
};
// Calls the code with parameters bound on top of `slots`.
feel::Value call_code(const FunctionCode& code, std::vector<feel::Value> slots,
                      std::span<const feel::Value> arguments, feel::Eval& eval,
                      const std::shared_ptr<const ModelData>& model, const feel::Value* self);

struct ConditionalBox : Boxed {
  BoxedPtr condition, then, otherwise;
  feel::Value run(Frame& frame) const override;
};

struct IteratorBox : Boxed {
  enum class Kind { for_, some, every } kind = Kind::for_;
  int slot = -1, partial = -1;
  const ItemType* item_type = nullptr;
  BoxedPtr in, body;
  feel::Value run(Frame& frame) const override;
};

struct FilterBox : Boxed {
  BoxedPtr in;
  std::optional<feel::Program> condition;  // FEEL text: the entries of the item are names in it
  int item_slot = -1;
  BoxedPtr match;  // any other expression
  feel::Value run(Frame& frame) const override;

 private:
  feel::Value passes(Frame& frame, const feel::Value& item) const;
};

}  // namespace guanhu::dmn
