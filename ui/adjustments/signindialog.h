// SignInDialog: names the operator by Django's user name and password.
#pragma once

#include "engine/engine.h"
#include "ui/shell/dialogframe.h"
#include "ui/workspace/workspace.h"

class QLineEdit;

namespace affinity::ui {

class FormRow;
class Spinner;

/// On success the workspace has the session and the dialog is accepted. The check runs off the GUI thread; Cancel works
/// meanwhile, and a check that ends after it signs nobody in.
class SignInDialog : public DialogFrame {
    Q_OBJECT
public:
    explicit SignInDialog(Workspace& workspace, QWidget* parent = nullptr);

    /// Shows the dialog over `parent`'s window; it deletes itself when it is closed.
    static SignInDialog* open(Workspace& workspace, QWidget* parent);

    void reject() override;

private:
    QWidget* makeDemoAccounts();
    void refresh();
    access::Secret secretOf(const QByteArray& password) const;
    void signIn();
    void receive(const base::Result<access::Session>& answer);
    Workspace& m_workspace;
    QLineEdit* m_name;
    QLineEdit* m_password;
    FormRow* m_nameRow;
    FormRow* m_passwordRow;
    Spinner* m_spinner;
    bool m_isChecking = false;
};

} // namespace affinity::ui
